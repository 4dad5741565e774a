// The geography: which cells there are, how activity is spread over them, and how many entrants each may see.
#include "models/growth/cells.hpp"

#include <algorithm>

#include "models/growth/config.hpp"
#include "models/growth/state.hpp"

namespace growth {

std::size_t cluster_count(const Config& c) {
    return c.clusters.size() + c.places.size();
}

bool lies_somewhere(const Config& c, const Cluster& cluster) {
    const auto is_there = [&](const std::string& place) { return c.places[c.places.index_of(place)].present; };
    return c.industries[c.industries.index_of(cluster.industry)].present &&
           std::any_of(cluster.places.begin(), cluster.places.end(), is_there);
}

std::vector<Cell> lay_out_cells(const Config& c) {
    std::vector<Cell> cells;
    std::vector<char> claimed(c.places.size() * c.industries.size(), 0);
    const auto is_there = [&](const Cell& cell) {
        return c.industries[cell.industry].present && c.places[cell.place].present;
    };
    for (std::size_t k = 0; k < c.clusters.size(); ++k)
        for (const auto& key : c.clusters[k].places) {
            Cell cell;
            cell.industry = c.industries.index_of(c.clusters[k].industry);
            cell.place = c.places.index_of(key);
            cell.cluster = k;
            if (!is_there(cell)) continue;
            claimed[cell.place * c.industries.size() + cell.industry] = 1;
            cells.push_back(cell);
        }
    for (std::size_t place = 0; place < c.places.size(); ++place)
        for (std::size_t industry = 0; industry < c.industries.size(); ++industry)
            if (!claimed[place * c.industries.size() + industry]) {
                Cell cell;
                cell.industry = industry;
                cell.place = place;
                cell.cluster = c.clusters.size() + place;
                if (is_there(cell)) cells.push_back(cell);
            }
    return cells;
}

Cell& cell_of(State& s, sim::Index row) {
    const auto after = std::upper_bound(s.cells.begin(), s.cells.end(), row,
                                        [](sim::Index r, const Cell& cell) { return r < cell.rows.begin; });
    return *(after - 1);
}

namespace {

// Of an industry whose firms are those of the table: what their rows say, and of firms without a place as before.
void share_by_table(const Config& c, const std::vector<Cell>& cells, std::size_t industry, CellShares& shares) {
    const double threshold = c.parameters.population.base_threshold;
    std::vector<double> sales(c.places.size(), 0.0), firms(c.places.size(), 0.0);
    double all_sales = 0, all_firms = 0, sales_somewhere = 0, firms_somewhere = 0;
    for (const auto which : c.population.rows->of_industry[industry]) {
        const auto& row = c.population.rows->rows[which];
        if (row.sales < threshold) continue;
        const double sold = row.weight * row.sales;
        all_sales += sold, all_firms += row.weight;
        (row.place == no_row ? sales_somewhere : sales[row.place]) += sold;
        (row.place == no_row ? firms_somewhere : firms[row.place]) += row.weight;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].industry != industry || all_firms <= 0) continue;
        shares.sales[i] = (sales[cells[i].place] + shares.sales[i] * sales_somewhere) / all_sales;
        shares.firms[i] = (firms[cells[i].place] + shares.firms[i] * firms_somewhere) / all_firms;
    }
}

}  // namespace

CellShares share_out(const Config& c, const std::vector<Cell>& cells) {
    CellShares shares;
    for (auto* each : {&shares.sales, &shares.firms}) each->assign(cells.size(), 0.0);
    for (std::size_t industry = 0; industry < c.industries.size(); ++industry) {
        double cluster_sales = 0, cluster_firms = 0, rest_weight = 0;
        std::vector<double> weight_in_cluster(c.clusters.size(), 0.0);
        for (const Cell& cell : cells) {
            if (cell.industry != industry) continue;
            const double weight = c.places[cell.place].weight;
            (cell.cluster < c.clusters.size() ? weight_in_cluster[cell.cluster] : rest_weight) += weight;
        }
        for (const auto& cluster : c.clusters)
            if (cluster.industry == c.industries[industry].key) {
                cluster_sales += cluster.share;
                cluster_firms += cluster.firm_share;
            }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i].industry != industry) continue;
            const double weight = c.places[cells[i].place].weight;
            if (cells[i].cluster < c.clusters.size()) {
                const auto& cluster = c.clusters[cells[i].cluster];
                const double part =
                    weight_in_cluster[cells[i].cluster] > 0 ? weight / weight_in_cluster[cells[i].cluster] : 0.0;
                shares.sales[i] = cluster.share * part;
                shares.firms[i] = cluster.firm_share * part;
            } else if (rest_weight > 0) {
                shares.sales[i] = (1 - cluster_sales) * weight / rest_weight;
                shares.firms[i] = (1 - cluster_firms) * weight / rest_weight;
            }
        }
        if (c.population.has(industry)) share_by_table(c, cells, industry, shares);
    }
    return shares;
}

std::vector<int> whole_numbers(const std::vector<double>& shares, int total) {
    std::vector<int> counts(shares.size());
    std::vector<std::pair<double, std::size_t>> rests;
    double sum = 0;
    for (const double share : shares) sum += share;
    int given = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double exact = sum > 0 ? shares[i] / sum * total : 0.0;
        counts[i] = static_cast<int>(exact);
        given += counts[i];
        rests.emplace_back(counts[i] - exact, i);  // the largest rest sorts first
    }
    std::stable_sort(rests.begin(), rests.end());
    for (std::size_t i = 0; given < total && i < rests.size(); ++i, ++given) ++counts[rests[i].second];
    return counts;
}

}  // namespace growth
