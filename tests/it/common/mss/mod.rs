//! Medical student scheduling, the field's public benchmark (Akbarzadeh and Maenhout 2021; Zanazzo et al. 2024):
//! its instances (`instance`), what they are as tables of this program (`tables`), and what a plan is worth by the
//! benchmark's own definition (`score`), which shares nothing with the product.

pub mod instance;
pub mod score;
pub mod tables;
