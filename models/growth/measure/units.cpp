#include "models/growth/measure/units.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <locale>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/growth/config.hpp"
#include "models/growth/measure/figures.hpp"

namespace growth {

namespace {

struct Word {
    std::string_view word, kind;
    double factor;
    std::string_view zh;
};

// 15 mu are a hectare, 0.40468564224 hectares an acre.
constexpr std::array words{Word{"mu", "area", 1, "亩"},           Word{"hectare", "area", 15, "公顷"},
                           Word{"ha", "area", 15, "公顷"},        Word{"acre", "area", 6.0702846336, "英亩"},
                           Word{"km2", "area", 1500, "平方公里"}, Word{"m2", "area", 0.0015, "平方米"},
                           Word{"persons", "person", 1, "人"},    Word{"person", "person", 1, "人"},
                           Word{"workers", "person", 1, "人"},    Word{"worker", "person", 1, "人"},
                           Word{"jobs", "person", 1, "人"},       Word{"talents", "count", 1, "人"},
                           Word{"firms", "count", 1, "家"},       Word{"centres", "count", 1, "家"},
                           Word{"teams", "count", 1, "个"},       Word{"industries", "count", 1, "个"},
                           Word{"fields", "count", 1, "个"},      Word{"clusters", "count", 1, "个"},
                           Word{"places", "count", 1, "个"},      Word{"zones", "count", 1, "个"},
                           Word{"patents", "count", 1, "件"},     Word{"%", "share", 0.01, "%"}};

struct Currency {
    std::string_view code, zh;
};

// Chinese names of currencies by ISO 4217; those of others are their letters.
constexpr std::array currencies{Currency{"CNY", "元"},       Currency{"EUR", "欧元"},       Currency{"USD", "美元"},
                                Currency{"GBP", "英镑"},     Currency{"JPY", "日元"},       Currency{"KRW", "韩元"},
                                Currency{"INR", "卢比"},     Currency{"TWD", "新台币"},     Currency{"HKD", "港元"},
                                Currency{"SGD", "新加坡元"}, Currency{"AUD", "澳元"},       Currency{"CAD", "加元"},
                                Currency{"CHF", "瑞士法郎"}, Currency{"SEK", "瑞典克朗"},   Currency{"NOK", "挪威克朗"},
                                Currency{"DKK", "丹麦克朗"}, Currency{"PLN", "兹罗提"},     Currency{"CZK", "捷克克朗"},
                                Currency{"HUF", "福林"},     Currency{"RUB", "卢布"},       Currency{"TRY", "里拉"},
                                Currency{"BRL", "雷亚尔"},   Currency{"MXN", "墨西哥比索"}, Currency{"ZAR", "兰特"},
                                Currency{"VND", "越南盾"},   Currency{"THB", "泰铢"},       Currency{"IDR", "印尼盾"},
                                Currency{"MYR", "林吉特"},   Currency{"NZD", "新西兰元"}};

bool is_currency(std::string_view word) {
    return word.size() == 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string_view chinese_of(std::string_view word) {
    for (const auto& currency : currencies)
        if (currency.code == word) return currency.zh;
    if (word == "year") return "年";
    for (const auto& each : words)
        if (each.word == word) return each.zh;
    return word;
}

// 1e8 for 100000000, and nothing for 1.
std::string number_before(double number) {
    const double power = std::log10(number);
    if (number == 1) return {};
    if (power >= 3 && power == std::round(power)) return fmt::format("1e{:.0f} ", power);
    return fmt::format("{:g} ", number);
}

struct Scale {
    double from;
    std::string_view word;
};
constexpr std::array scales{Scale{1e12, "trillion "}, Scale{1e9, "billion "}, Scale{1e6, "million "}};
constexpr std::array scales_zh{Scale{1e12, "万亿"}, Scale{1e8, "亿"}, Scale{1e4, "万"}};

// 5e6 as `5 million ` or `500万`.
std::string in_words(double number, bool in_chinese) {
    for (const auto& [from, word] : in_chinese ? scales_zh : scales)
        if (number >= from) return fmt::format("{:g}{}{}", number / from, in_chinese ? "" : " ", word);
    return fmt::format("{:g}{}", number, in_chinese ? "" : " ");
}

// 1e8 as 亿, 1e6 as 百万, 1e5 as 十万.
std::string power_in_chinese(double number) {
    constexpr std::array<std::string_view, 4> small{"", "十", "百", "千"};
    const auto power = std::log10(number);
    if (power != std::round(power) || power < 0 || power >= 16) return fmt::format("{:g}", number);
    const auto whole = static_cast<std::size_t>(power);
    const std::string_view large = whole >= 12 ? "万亿" : whole >= 8 ? "亿" : whole >= 4 ? "万" : "";
    return fmt::format("{}{}", small[whole % 4], large);
}

std::string with_each(std::string_view text, char open, char close, auto&& of) {
    std::string made;
    for (std::size_t from = 0; from < text.size();) {
        const auto at = text.find(open, from), end = at == text.npos ? at : text.find(close, at);
        made += text.substr(from, at == text.npos ? at : at - from);
        if (end == text.npos) {
            if (at != text.npos) made += text.substr(at);
            break;
        }
        made += of(text.substr(at + 1, end - at - 1));
        from = end + 1;
    }
    return made;
}

struct Beginning {
    double number;
    std::size_t length;  // of its text
};

// The number that a text begins with, if it does. Whatever the locale of the program; by a stream, since not every
// standard library has from_chars of doubles.
std::optional<Beginning> number_at_start(std::string_view text) {
    std::istringstream stream{std::string(text)};
    stream.imbue(std::locale::classic());
    double number = 0;
    if (!(stream >> std::noskipws >> number)) return std::nullopt;
    return Beginning{number, stream.eof() ? text.size() : static_cast<std::size_t>(stream.tellg())};
}

double number_of(std::string_view text) {
    const auto beginning = number_at_start(text);
    return beginning ? beginning->number : 0;
}

std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const auto to = std::min(text.find('/', from), text.size());
        parts.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

bool is_kind(const Unit& given, const Unit& natural) {
    if (natural.kind == "count" && (given.kind == "count" || given.kind == "person" || given.kind == "share"))
        return !given.per_person && given.factor != 0.01;  // a number of things, whatever they are called
    return given.kind == natural.kind && given.currency == natural.currency && given.per_person == natural.per_person &&
           given.per_year == natural.per_year;
}

}  // namespace

bool has_money(std::string_view unit) {
    return unit.find("money") != unit.npos;
}

std::string unit_in(const Units& units, std::string_view unit) {
    std::string made(unit);
    const auto replace = [&](std::string_view word, const std::string& by) {
        if (const auto at = made.find(word); at != std::string::npos) made.replace(at, word.size(), by);
    };
    replace("money", number_before(units.money) + units.currency);
    replace("area", std::string(sim::word_of(units.area)));
    return made;
}

std::string amount(const Units& units, double money, bool in_chinese) {
    return in_words(money * units.money, in_chinese) +
           std::string(in_chinese ? chinese_of(units.currency) : units.currency);
}

std::string text_in(const Config& config, std::string_view text, bool in_chinese) {
    const auto& population = config.parameters.population;
    return with_each(text, '{', '}', [&](std::string_view what) {
        const double money = what == "base_threshold"  ? population.base_threshold
                             : what == "new_threshold" ? population.new_threshold
                                                       : number_of(what);
        return amount(config.units, money, in_chinese);
    });
}

std::string text_of_any(std::string_view text, bool in_chinese) {
    return with_each(text, '{', '}', [&](std::string_view what) -> std::string {
        if (what == "base_threshold") return in_chinese ? "基年统计起点" : "the threshold of the base year";
        if (what == "new_threshold") return in_chinese ? "新统计起点" : "the later threshold";
        return fmt::format("{}{}", what, in_chinese ? "个货币单位" : " units of money");
    });
}

std::optional<Unit> unit_of(std::string_view text) {
    const auto parts = parts_of(text);
    Unit unit;
    auto head = parts.front();
    const auto beginning = number_at_start(head);
    const bool has_number = beginning.has_value();
    if (has_number) {
        unit.factor = beginning->number;
        head.remove_prefix(beginning->length);
    }
    while (head.starts_with(' ')) head.remove_prefix(1);
    if (head.empty() && has_number) {
        unit.kind = "share";
    } else if (is_currency(head)) {
        unit.kind = "money";
        unit.currency = head;
    } else {
        const auto found =
            std::find_if(words.begin(), words.end(), [&](const Word& each) { return each.word == head; });
        if (found == words.end()) return std::nullopt;
        unit.kind = found->kind;
        unit.factor *= found->factor;
    }
    for (std::size_t i = 1; i < parts.size(); ++i) {
        if (parts[i] == "year")
            unit.per_year = true;
        else if (parts[i] == "person" || parts[i] == "worker")
            unit.per_person = true;
        else
            return std::nullopt;
    }
    if (!(unit.factor > 0)) return std::nullopt;
    return unit;
}

std::string natural_unit(const Units& units, const Target& target) {
    if (target.count != Counted::nothing)
        return target.as_share ? std::string("1") : std::string(sim::word_of(target.count));
    if (target.measure == Measure::ratio || target.measure == Measure::share) return "1";
    if (target.measure == Measure::growth) return "1/year";
    const Figure* counted = figure_of(target.output, target.where);
    if (counted == nullptr) return "1";
    auto unit = unit_in(units, counted->unit);
    if (target.measure == Measure::per_worker) unit += "/person";
    if (counted->over_time == sim::OverTime::sum) unit += "/year";
    return unit;
}

std::optional<double> unit_factor(const Units& units, const Target& target) {
    return unit_factor(target, natural_unit(units, target));
}

std::optional<double> unit_factor(const Target& target, std::string_view text) {
    if (target.unit.empty() || target.unit == text) return 1.0;
    const auto given = unit_of(target.unit);
    auto natural = unit_of(text);
    if (!given || !natural) return std::nullopt;
    const Figure* counted = target.count == Counted::nothing ? figure_of(target.output, target.where) : nullptr;
    const bool is_amount = target.measure == Measure::level || target.measure == Measure::change;
    if (counted != nullptr && is_amount && counted->is_number()) natural->kind = "count";
    if (!is_kind(*given, *natural)) return std::nullopt;
    return given->factor / natural->factor;
}

std::string known_units(const Units& units) {
    std::vector<std::string_view> all{units.currency};
    for (const auto& each : words) all.push_back(each.word);
    return fmt::format("{}", fmt::join(all, ", "));
}

std::string unit_in_chinese(std::string_view unit) {
    std::string made;
    for (const auto part : parts_of(unit)) {
        const auto space = part.find(' ');
        if (&part.front() != &unit.front()) made += '/';
        if (space == part.npos)
            made += chinese_of(part);
        else
            made +=
                power_in_chinese(number_of(part.substr(0, space))) + std::string(chinese_of(part.substr(space + 1)));
    }
    return made;
}

}  // namespace growth
