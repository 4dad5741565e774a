#include "benchmarks/industry60/engine/model.hpp"

#include <cmath>

#include "benchmarks/industry60/engine/equations.hpp"
#include "sim/describe/errors.hpp"
#include "sim/math/sum.hpp"

namespace industry60 {

namespace {

using sim::Lanes;
using sim::Pack;

constexpr sim::Purpose beginning = sim::purpose("industry60 beginning");
constexpr sim::Purpose chance = sim::purpose("industry60 month");
static_assert(sim::distinct(std::array{beginning, chance}));

constexpr sim::Index padded(sim::Index rows) {
    constexpr auto lanes = static_cast<sim::Index>(sim::max_lanes);
    return (rows + lanes - 1) / lanes * lanes;
}

// The workspace has the rows of one industry.
Lanes within(const Market& market, Lanes at) {
    return {at.row - market.rows.begin};
}

// A firm's chance of a month is one block of random words: two normals and two uniforms. Words first and normals after:
// two short loops overlap better in the processor than one long one.
void draw(sim::Stream stream, const Firms& f, const Market& market, Workspace& w) {
    sim::for_each_lanes(market.rows, [&](Lanes at) {
        const auto uniforms = stream.uniforms(f.id(at));
        const Lanes here = within(market, at);
        w.shock_normal[here] = uniforms[0];
        w.investment_normal[here] = uniforms[1];
        w.success_uniform[here] = uniforms[2];
        w.gain_uniform[here] = uniforms[3];
    });
    sim::for_each_lanes(market.rows, [&](Lanes at) {
        const Lanes here = within(market, at);
        const auto normals = sim::normal_pair(w.shock_normal(here), w.investment_normal(here));
        w.shock_normal[here] = normals[0];
        w.investment_normal[here] = normals[1];
    });
}

void produce(Firms& f, Market& market, Workspace& w) {
    sim::LaneSum output(market.rows.end);
    sim::for_each_lanes(market.rows, [&](Lanes at) {
        const Lanes here = within(market, at);
        const Pack shock = next_shock(f.shock(at), w.shock_normal(here));
        const Pack could = capacity(f.capital(at), f.technique(at), shock);
        const Pack orders = f.share(at) * market.demand;
        const Pack served = served_share(could, orders);
        f.shock[at] = shock;
        w.use[here] = orders / could;
        w.served[here] = served;
        w.output[here] = orders * served;
        output.add(at, orders * served);
    });
    market.output += month * output.total();
}

// Shares before technique: firms compete with what they produced with.
void compete(Firms& f, const Market& market, const Workspace& w) {
    sim::LaneSum total(market.rows.end);
    sim::for_each_lanes(market.rows, [&](Lanes at) {
        const Pack raw = raw_share(f.share(at), f.technique(at), f.shock(at), w.served(within(market, at)));
        f.share[at] = raw;
        total.add(at, raw);
    });
    const double scale = 1 / total.total();
    sim::for_each_lanes(market.rows, [&](Lanes at) { f.share[at] *= scale; });
}

// Few succeed, at random. A branch foreseen wrongly throws away what was begun after it, so it has a short loop of its
// own.
void research(Firms& f, const Market& market, Workspace& w) {
    sim::for_each_lanes(market.rows, [&](Lanes at) {
        const Lanes here = within(market, at);
        w.chance[here] = success_chance(f.intensity(at), w.output(here), f.capital(at));
    });
    sim::for_each_lanes(market.rows, [&](Lanes at) {
        const Lanes here = within(market, at);
        const auto succeeds = w.success_uniform(here) < w.chance(here);
        if (!sim::any_of(succeeds)) return;
        f.technique[at] += sim::select(succeeds, technique_gain(w.gain_uniform(here)), 0.0);
    });
}

void invest(double rate, Firms& f, Market& market, const Workspace& w) {
    sim::LaneSum paid(market.rows.end);
    sim::for_each_lanes(market.rows, [&](Lanes at) {
        const Lanes here = within(market, at);
        const Pack own = own_investment(f.capital(at), w.use(here), w.investment_normal(here));
        const Pack subsidy = rate * f.eligible(at) * own;
        f.capital[at] = next_capital(f.capital(at), own + subsidy);
        paid.add(at, subsidy);
    });
    market.subsidy += paid.total();
}

// The firms at their beginning; so are the rows of the padding, which take part in every phase but in no sum.
void settle(sim::Stream stream, Firms& f, Market& market) {
    sim::LaneSum capital(market.rows.end), could(market.rows.end);
    sim::for_each_lanes(market.rows, [&](Lanes at) {
        const auto u = stream.uniforms(f.id(at));
        const auto normals = sim::normal_pair(u[0], u[1]);
        f.capital[at] = sim::exp(initial_size_spread * normals[0]);
        f.technique[at] = initial_technique_spread * normals[1];
        f.intensity[at] = least_intensity + intensity_range * u[2];
        f.eligible[at] = sim::select(u[3] < eligible_share, 1.0, 0.0);
        capital.add(at, f.capital(at));
        could.add(at, capacity(f.capital(at), f.technique(at), Pack(0.0)));
    });
    const double total = capital.total();
    sim::for_each_lanes(market.rows, [&](Lanes at) { f.share[at] = f.capital(at) / total; });
    market.demand = initial_use * could.total();
}

}  // namespace

State Model::initial(const Config&, sim::Draws draws) {
    State s;
    sim::Index rows = 0;
    for (std::size_t i = 0; i < industries.size(); ++i) {
        s.markets[i].rows = {rows, rows + industries[i].firms};
        rows += padded(industries[i].firms);
    }
    auto& f = s.firms;
    f.id.resize(rows);
    sim::for_each_row({0, rows}, [&](sim::Index row) { f.id[row] = static_cast<std::uint64_t>(row); });
    for (auto* column : {&f.capital, &f.technique, &f.shock, &f.share, &f.intensity, &f.eligible}) column->resize(rows);
    auto& w = s.work;
    for (auto* column : {&w.shock_normal, &w.investment_normal, &w.success_uniform, &w.gain_uniform, &w.use, &w.served,
                         &w.output, &w.chance})
        column->resize(padded(industries[0].firms));
    for (auto& market : s.markets) settle(draws.at(beginning, 0), f, market);
    return s;
}

void Model::step(const Config& config, sim::Draws draws, int step, State& s) {
    const auto stream = draws.at(chance, static_cast<sim::Step>(step));
    for (std::size_t i = 0; i < industries.size(); ++i) {
        auto& market = s.markets[i];
        if (step % months_a_year == 0) market.output = market.subsidy = 0;
        draw(stream, s.firms, market, s.work);
        produce(s.firms, market, s.work);
        compete(s.firms, market, s.work);
        research(s.firms, market, s.work);
        invest(config.subsidy, s.firms, market, s.work);
        market.demand *= sim::exp(industries[i].growth * month);
    }
}

void Model::check(const Config&, const State& s) {
    for (const auto& market : s.markets) {
        sim::LaneSum shares(market.rows.end);
        sim::for_each_lanes(market.rows, [&](Lanes at) { shares.add(at, s.firms.share(at)); });
        if (!(std::abs(shares.total() - 1) < 1e-12)) throw sim::InvariantError("shares do not add up to one");
    }
}

Model::Record Model::blank(const Config&) {
    Record record;
    record.yearly.shape({static_cast<std::size_t>(years), industries.size()});
    return record;
}

void Model::measure(const Config&, int step, const State& s, Record& record) {
    if (step % months_a_year != months_a_year - 1) return;
    const auto& f = s.firms;
    for (std::size_t i = 0; i < industries.size(); ++i) {
        const auto& market = s.markets[i];
        sim::LaneSum capital(market.rows.end), squares(market.rows.end), technique(market.rows.end);
        sim::for_each_lanes(market.rows, [&](Lanes at) {
            capital.add(at, f.capital(at));
            squares.add(at, f.share(at) * f.share(at));
            technique.add(at, f.share(at) * f.technique(at));
        });
        record.yearly.put({market.output, capital.total(), squares.total(), technique.total(), market.subsidy},
                          step / months_a_year, i);
    }
}

}  // namespace industry60
