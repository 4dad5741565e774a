// How an estimate is reported: `--dry-run` of run, sweep and merge.
#pragma once

#include <cstddef>
#include <string>

#include "study/estimate.hpp"

namespace jiju {

[[nodiscard]] std::string json_of_run(const Estimate& estimate);
[[nodiscard]] std::string text_of_run(const Estimate& estimate);
[[nodiscard]] std::string json_of_merge(const Estimate& estimate, std::size_t shards);
[[nodiscard]] std::string text_of_merge(const Estimate& estimate, std::size_t shards);

}  // namespace jiju
