//! The flow from residents to what sites offer, and the minimum cut where it falls short.
//!
//! First everybody takes what is free. Who still falls short gets more along shortest augmenting paths, on
//! which others take elsewhere what they took here; when there is none, the flow is a maximum. The network
//! has two layers only, so written out this is several times as fast as a general graph.

/// What one resident needs and the most that each place (by number) can give them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demand {
    pub need: u128,
    pub most: Vec<(usize, u128)>,
}

/// A maximum flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    pub value: u128,
    /// Per resident what each of their places gives, in the order of [`Demand::most`].
    pub given: Vec<Vec<u128>>,
}

/// What can be reached in the residual graph: residents who cannot get more, or could make room for
/// those only at places that are exhausted too, and these places. A minimum cut if it is reached from
/// everybody whose need falls short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    pub residents: Vec<bool>,
    pub places: Vec<bool>,
}

/// The maximum flow from needs through places to what these offer.
pub fn maximum_flow(demands: &[Demand], offers: &[u128]) -> Flow {
    let mut rising = Rising::greedy(demands, offers);
    for resident in 0..demands.len() {
        while rising.missing[resident] > 0 && rising.augment(resident) {}
    }
    let value = demands.iter().zip(&rising.missing).map(|(demand, missing)| demand.need - missing).sum();
    Flow { value, given: rising.given }
}

/// A flow that is not a maximum yet.
struct Rising<'d> {
    demands: &'d [Demand],
    given: Vec<Vec<u128>>,
    missing: Vec<u128>,
    /// What places still offer.
    left: Vec<u128>,
    /// Per place the arcs that lead there, as (resident, position in [`Demand::most`]).
    arcs_to: Vec<Vec<(usize, usize)>>,
}

impl<'d> Rising<'d> {
    fn greedy(demands: &'d [Demand], offers: &[u128]) -> Self {
        let mut left = offers.to_vec();
        let mut missing: Vec<u128> = demands.iter().map(|demand| demand.need).collect();
        let mut arcs_to = vec![Vec::new(); offers.len()];
        let mut given = Vec::with_capacity(demands.len());
        for (resident, demand) in demands.iter().enumerate() {
            let mut of_resident = Vec::with_capacity(demand.most.len());
            for (at, &(place, most)) in demand.most.iter().enumerate() {
                let taken = most.min(left[place]).min(missing[resident]);
                left[place] -= taken;
                missing[resident] -= taken;
                of_resident.push(taken);
                arcs_to[place].push((resident, at));
            }
            given.push(of_resident);
        }
        Self { demands, given, missing, left, arcs_to }
    }

    /// Gives a resident more along a shortest path; whether there is one.
    fn augment(&mut self, from: usize) -> bool {
        // Per place the arc it was reached by, per resident the arc they would take less on.
        let mut reached: Vec<Option<(usize, usize)>> = vec![None; self.left.len()];
        let mut gives_back: Vec<Option<usize>> = vec![None; self.demands.len()];
        let mut waiting = std::collections::VecDeque::from([from]);
        while let Some(resident) = waiting.pop_front() {
            for (at, &(place, most)) in self.demands[resident].most.iter().enumerate() {
                if self.given[resident][at] >= most || reached[place].is_some() {
                    continue;
                }
                reached[place] = Some((resident, at));
                if self.left[place] > 0 {
                    self.push(from, place, &reached, &gives_back);
                    return true;
                }
                for &(other, back) in &self.arcs_to[place] {
                    if other != from && gives_back[other].is_none() && self.given[other][back] > 0 {
                        gives_back[other] = Some(back);
                        waiting.push_back(other);
                    }
                }
            }
        }
        false
    }

    /// Changes the flow by what the path to `place` allows.
    fn push(
        &mut self,
        from: usize,
        place: usize,
        reached: &[Option<(usize, usize)>],
        gives_back: &[Option<usize>],
    ) {
        // Per step the arc with more, and the one of the same resident with less.
        let mut steps = Vec::new();
        let mut at_place = place;
        while let Some((resident, more)) = reached[at_place] {
            let less = gives_back[resident].filter(|_| resident != from);
            steps.push((resident, more, less));
            let Some(less) = less else { break };
            at_place = self.demands[resident].most[less].0;
        }
        let mut amount = self.missing[from].min(self.left[place]);
        for &(resident, more, less) in &steps {
            amount = amount.min(self.demands[resident].most[more].1 - self.given[resident][more]);
            amount = less.map_or(amount, |less| amount.min(self.given[resident][less]));
        }
        for (resident, more, less) in steps {
            self.given[resident][more] += amount;
            if let Some(less) = less {
                self.given[resident][less] -= amount;
            }
        }
        self.missing[from] -= amount;
        self.left[place] -= amount;
    }
}

impl Flow {
    /// The residents whose need falls short.
    pub fn short<'f>(&'f self, demands: &'f [Demand]) -> impl Iterator<Item = usize> + 'f {
        let given = |resident: usize| self.given[resident].iter().sum::<u128>();
        (0..demands.len()).filter(move |&resident| given(resident) < demands[resident].need)
    }

    /// What can be reached from some residents. Whichever of the short ones these are, what the
    /// residents reached need is more than the places reached offer and they can get elsewhere.
    pub fn reached_from(&self, demands: &[Demand], offers: &[u128], from: &[usize]) -> Side {
        let mut side = Side { residents: vec![false; demands.len()], places: vec![false; offers.len()] };
        let mut waiting: Vec<usize> = from.to_vec();
        waiting.iter().for_each(|&resident| side.residents[resident] = true);
        while let Some(resident) = waiting.pop() {
            for (&(place, most), &given) in demands[resident].most.iter().zip(&self.given[resident]) {
                if given >= most || side.places[place] {
                    continue;
                }
                side.places[place] = true;
                // Whoever takes cases here could give them back.
                for (other, demand) in demands.iter().enumerate() {
                    let takes =
                        demand.most.iter().zip(&self.given[other]).any(|(m, &g)| m.0 == place && g > 0);
                    if takes && !side.residents[other] {
                        side.residents[other] = true;
                        waiting.push(other);
                    }
                }
            }
        }
        side
    }
}

impl Side {
    /// The capacity of the cut, which is the value of the flow if both are right.
    #[cfg(test)]
    fn capacity(&self, demands: &[Demand], offers: &[u128]) -> u128 {
        let mut capacity = 0;
        for (demand, &inside) in demands.iter().zip(&self.residents) {
            let out = demand.most.iter().filter(|&&(place, _)| !self.places[place]);
            capacity += if inside { out.map(|&(_, most)| most).sum() } else { demand.need };
        }
        let places = offers.iter().zip(&self.places);
        capacity + places.filter(|&(_, &inside)| inside).map(|(&offer, _)| offer).sum::<u128>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn networks() -> impl Strategy<Value = (Vec<Demand>, Vec<u128>)> {
        (1usize..6, 1usize..6).prop_flat_map(|(residents, places)| {
            let demand = (0u128..12, prop::collection::vec(0u128..8, places)).prop_map(|(need, most)| {
                Demand { need, most: most.into_iter().enumerate().filter(|&(_, most)| most > 1).collect() }
            });
            (prop::collection::vec(demand, residents), prop::collection::vec(0u128..15, places))
        })
    }

    /// Whether whole numbers at every place give everybody their need, by trying them all.
    fn suffices(demands: &[Demand], offers: &mut Vec<u128>, resident: usize, arc: usize, left: u128) -> bool {
        let Some(demand) = demands.get(resident) else { return true };
        let Some(&(place, most)) = demand.most.get(arc) else {
            return left == 0
                && suffices(
                    demands,
                    offers,
                    resident + 1,
                    0,
                    demands.get(resident + 1).map_or(0, |d| d.need),
                );
        };
        (0..=most.min(left).min(offers[place])).any(|taken| {
            offers[place] -= taken;
            let suffices = suffices(demands, offers, resident, arc + 1, left - taken);
            offers[place] += taken;
            suffices
        })
    }

    proptest! {
        #[test]
        fn the_flow_is_the_cut((demands, offers) in networks()) {
            let flow = maximum_flow(&demands, &offers);
            let short: Vec<usize> = flow.short(&demands).collect();
            let cut = flow.reached_from(&demands, &offers, &short);
            prop_assert_eq!(flow.value, cut.capacity(&demands, &offers));
            for &resident in &short {
                let side = flow.reached_from(&demands, &offers, &[resident]);
                let needs = demands.iter().map(|demand| demand.need).sum::<u128>();
                prop_assert!(side.capacity(&demands, &offers) < needs, "each shortage is one by itself");
            }
            let mut taken = vec![0; offers.len()];
            for (demand, given) in demands.iter().zip(&flow.given) {
                prop_assert!(given.iter().sum::<u128>() <= demand.need);
                for (&(place, most), &given) in demand.most.iter().zip(given) {
                    prop_assert!(given <= most);
                    taken[place] += given;
                }
            }
            prop_assert_eq!(taken.iter().sum::<u128>(), flow.value);
            prop_assert!(taken.iter().zip(&offers).all(|(taken, offer)| taken <= offer));
        }

        #[test]
        fn enough_is_what_trying_everything_says(
            (demands, offers) in (1usize..4, 1usize..4).prop_flat_map(|(residents, places)| {
                let demand = (0u128..6, prop::collection::vec(0u128..5, places)).prop_map(|(need, most)| Demand {
                    need,
                    most: most.into_iter().enumerate().collect(),
                });
                (prop::collection::vec(demand, residents), prop::collection::vec(0u128..8, places))
            }),
        ) {
            let needs: u128 = demands.iter().map(|demand| demand.need).sum();
            let first = demands.first().map_or(0, |demand| demand.need);
            let tried = suffices(&demands, &mut offers.clone(), 0, 0, first);
            prop_assert_eq!(maximum_flow(&demands, &offers).value == needs, tried);
        }
    }
}
