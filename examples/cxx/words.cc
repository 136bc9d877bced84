// SPDX-License-Identifier: ISC
// words.cc -- counts the words of standard input, and prints the most frequent: all, or as many as its argument says
#include <algorithm>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

static std::size_t limit_read(const std::string &text)
{
	std::size_t end, limit = std::stoul(text, &end);

	if (end != text.size())
		throw std::invalid_argument(text);
	return limit;
}

int main(int argc, char **argv)
{
	std::map<std::string, unsigned> counts;
	std::size_t limit = SIZE_MAX;

	try {
		if (argc > 1)
			limit = limit_read(argv[1]);
	} catch (const std::logic_error &) {
		std::cerr << argv[0] << ": \"" << argv[1] << "\" is not a number of words\n";
		return 1;
	}
	for (std::string word; std::cin >> word; )
		counts[word]++;

	std::vector<std::pair<std::string, unsigned>> words(counts.begin(), counts.end());

	std::stable_sort(words.begin(), words.end(), [](const auto &a, const auto &b) { return a.second > b.second; });
	words.resize(std::min(limit, words.size()));
	for (const auto &[word, count] : words)
		std::cout << count << ' ' << word << '\n';
}
