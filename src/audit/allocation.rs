//! Sharing what sites offer among claimants: a maximum flow with whole numbers, and the shortage behind
//! a claim that is not met.
//!
//! ```text
//! claimant (at most the need) ─► link (at most what one can take there) ─► site (at most the offer)
//! ```
//!
//! Claimants are served in their order, each as far as giving way elsewhere allows, and nobody loses
//! again what they got. The result is a maximum flow, the same for the same input, and taking a
//! claimant away never leaves another one worse off: whoever is left out of judging does not matter to
//! the rest.

use std::collections::{BTreeSet, VecDeque};

/// What one claimant can take at one site.
struct Link {
    site: usize,
    most: u64,
    taken: u64,
}

struct Claimant {
    need: u64,
    got: u64,
    links: Vec<Link>,
}

struct Site {
    offer: u64,
    taken: u64,
    /// (claimant, position among the claimant's links).
    links: Vec<(usize, usize)>,
}

/// Claimants and sites; claims are numbered in the order they are made.
pub(super) struct Allocation {
    claimants: Vec<Claimant>,
    sites: Vec<Site>,
}

/// Why claims are not met: these claimants need more than these sites offer together with what they
/// can take elsewhere at most (a minimum cut).
pub(super) struct Shortage {
    pub claimants: BTreeSet<usize>,
    pub sites: BTreeSet<usize>,
    /// What the claimants need together.
    pub need: u64,
    /// What the sites offer together.
    pub offer: u64,
    /// What the claimants can take at other sites, at most and together.
    pub elsewhere: u64,
}

/// Where a search came from, per claimant and per site that it reached.
struct Reached {
    /// The site that gives something of this claimant's back, and the position of the link.
    claimants: Vec<Option<(usize, usize)>>,
    /// The claimant that could take more here, and the position of the link.
    sites: Vec<Option<(usize, usize)>>,
}

impl Allocation {
    pub fn new(offers: impl IntoIterator<Item = u64>) -> Self {
        let site = |offer| Site { offer, taken: 0, links: Vec::new() };
        Self { claimants: Vec::new(), sites: offers.into_iter().map(site).collect() }
    }

    /// Adds a claim and serves it: `links` are sites by position with the most that can be taken there.
    pub fn claim(&mut self, need: u64, links: impl IntoIterator<Item = (usize, u64)>) {
        let number = self.claimants.len();
        let links: Vec<Link> = links.into_iter().map(|(site, most)| Link { site, most, taken: 0 }).collect();
        for (position, link) in links.iter().enumerate() {
            self.sites[link.site].links.push((number, position));
        }
        self.claimants.push(Claimant { need, got: 0, links });
        while self.claimants[number].got < need {
            let (reached, end) = self.search(number);
            let Some(end) = end else { break };
            self.give(number, &reached, end);
        }
    }

    /// What the claimant got.
    pub fn got(&self, claimant: usize) -> u64 {
        self.claimants[claimant].got
    }

    /// Why claims are not met. Whoever is short is among the claimants of one shortage; shortages have
    /// no site in common, so that everybody who shares one is counted in it.
    pub fn shortages(&self) -> Vec<Shortage> {
        let mut cuts: Vec<(BTreeSet<usize>, BTreeSet<usize>)> = Vec::new();
        let short = |number: &usize| self.claimants[*number].got < self.claimants[*number].need;
        for number in (0..self.claimants.len()).filter(short) {
            // Nothing is left at what the search reaches, else the claim would have been served from it,
            // and no later claim reached into it and out again. Such sets stay cuts when joined.
            let (reached, _) = self.search(number);
            let mut claimants: BTreeSet<usize> = positions(&reached.claimants).collect();
            claimants.insert(number);
            let mut sites: BTreeSet<usize> = positions(&reached.sites).collect();
            let (apart, joined) = cuts.into_iter().partition(|(_, other)| sites.is_disjoint(other));
            cuts = apart;
            for (others, other_sites) in joined {
                claimants.extend(others);
                sites.extend(other_sites);
            }
            cuts.push((claimants, sites));
        }
        cuts.into_iter().map(|(claimants, sites)| self.shortage(claimants, sites)).collect()
    }

    fn shortage(&self, claimants: BTreeSet<usize>, sites: BTreeSet<usize>) -> Shortage {
        let links = claimants.iter().flat_map(|&claimant| &self.claimants[claimant].links);
        let elsewhere = links.filter(|link| !sites.contains(&link.site));
        Shortage {
            need: sum(claimants.iter().map(|&claimant| self.claimants[claimant].need)),
            offer: sum(sites.iter().map(|&site| self.sites[site].offer)),
            elsewhere: sum(elsewhere.map(|link| link.most)),
            claimants,
            sites,
        }
    }

    /// Looks, nearest first, for a site with something left that the claimant can get at, be it by others
    /// giving way.
    fn search(&self, from: usize) -> (Reached, Option<usize>) {
        let mut reached =
            Reached { claimants: vec![None; self.claimants.len()], sites: vec![None; self.sites.len()] };
        let mut queue = VecDeque::from([from]);
        while let Some(claimant) = queue.pop_front() {
            for (position, link) in self.claimants[claimant].links.iter().enumerate() {
                if link.taken == link.most || reached.sites[link.site].is_some() {
                    continue;
                }
                reached.sites[link.site] = Some((claimant, position));
                let site = &self.sites[link.site];
                if site.taken < site.offer {
                    return (reached, Some(link.site));
                }
                for &(other, position) in &site.links {
                    let gives = self.claimants[other].links[position].taken > 0;
                    if gives && other != from && reached.claimants[other].is_none() {
                        reached.claimants[other] = Some((link.site, position));
                        queue.push_back(other);
                    }
                }
            }
        }
        (reached, None)
    }

    /// Gives the claimant as much as the way found allows.
    fn give(&mut self, to: usize, reached: &Reached, end: usize) {
        let mut ways = Vec::new();
        let mut returns = Vec::new();
        let mut site = end;
        while let Some((claimant, position)) = reached.sites[site] {
            ways.push((claimant, position));
            if claimant == to {
                break;
            }
            let Some((from, position)) = reached.claimants[claimant] else { break };
            returns.push((claimant, position));
            site = from;
        }
        let free = |&(claimant, position): &(usize, usize)| {
            let link: &Link = &self.claimants[claimant].links[position];
            link.most - link.taken
        };
        let held = |&(claimant, position): &(usize, usize)| self.claimants[claimant].links[position].taken;
        let ends =
            [self.claimants[to].need - self.claimants[to].got, self.sites[end].offer - self.sites[end].taken];
        let amount = ways.iter().map(free).chain(returns.iter().map(held)).chain(ends).min().unwrap_or(0);
        for (claimant, position) in ways {
            self.claimants[claimant].links[position].taken += amount;
        }
        for (claimant, position) in returns {
            self.claimants[claimant].links[position].taken -= amount;
        }
        self.claimants[to].got += amount;
        self.sites[end].taken += amount;
    }
}

fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, u64::saturating_add)
}

/// The positions that were reached.
fn positions<T>(reached: &[Option<T>]) -> impl Iterator<Item = usize> {
    reached.iter().enumerate().filter(|(_, from)| from.is_some()).map(|(position, _)| position)
}
