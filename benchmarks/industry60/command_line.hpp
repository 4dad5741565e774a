// The command line that all programs of Industry-60 share:
//     --seed-first S --runs N --out FILE.csv [--subsidy RATE]
// The engine also takes --threads T.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace industry60 {

struct CommandLine {
    std::uint32_t first_seed = 0;
    std::uint32_t runs = 1;
    double subsidy = 0;
    int threads = 1;
    std::string out = "/dev/stdout";

    CommandLine(int count, char** words) {
        for (int i = 1; i < count; i += 2) {
            const std::string word = words[i];
            if (i + 1 == count) throw std::invalid_argument(word + " needs a value");
            const std::string value = words[i + 1];
            if (word == "--seed-first")
                first_seed = static_cast<std::uint32_t>(std::stoul(value));
            else if (word == "--runs")
                runs = static_cast<std::uint32_t>(std::stoul(value));
            else if (word == "--out")
                out = value;
            else if (word == "--subsidy")
                subsidy = std::stod(value);
            else if (word == "--threads")
                threads = std::stoi(value);
            else
                throw std::invalid_argument("unknown word " + word);
        }
    }
};

inline constexpr const char* header = "seed,year,industry,output,capital,concentration,productivity,subsidy\n";

}  // namespace industry60
