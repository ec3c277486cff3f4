//! The flow from residents to what sites offer, and the minimum cut where it falls short.

use petgraph::algo::ford_fulkerson;
use petgraph::graph::DiGraph;

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
    let mut network: DiGraph<(), u128> = DiGraph::new();
    let (source, sink) = (network.add_node(()), network.add_node(()));
    let residents: Vec<_> = demands.iter().map(|_| network.add_node(())).collect();
    let places: Vec<_> = offers.iter().map(|_| network.add_node(())).collect();
    for (&resident, demand) in residents.iter().zip(demands) {
        network.add_edge(source, resident, demand.need);
    }
    for (&place, &offer) in places.iter().zip(offers) {
        network.add_edge(place, sink, offer);
    }
    for (&resident, demand) in residents.iter().zip(demands) {
        for &(place, most) in &demand.most {
            network.add_edge(resident, places[place], most);
        }
    }
    let (value, flows) = ford_fulkerson(&network, source, sink);
    // Edges are numbered as they were added.
    let mut of_arcs = flows.iter().copied().skip(demands.len() + offers.len());
    let given = demands.iter().map(|demand| of_arcs.by_ref().take(demand.most.len()).collect()).collect();
    Flow { value, given }
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
