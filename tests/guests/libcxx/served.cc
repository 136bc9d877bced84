// SPDX-License-Identifier: ISC
// served.cc -- exercises the C++ library; as a process it must print the same
//
// Implementation-defined results, such as the names of types, are not printed.
#include <algorithm>
#include <atomic>
#include <bitset>
#include <chrono>
#include <complex>
#include <deque>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <random>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <typeinfo>
#include <unordered_map>
#include <variant>
#include <vector>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#define HOLDS(condition) \
	(std::cout << #condition << ((condition) ? " holds\n" : " DOES NOT HOLD\n"))

// says when it comes and goes
struct noisy {
	std::string name;

	explicit noisy(std::string name) : name(std::move(name))
	{
		std::printf("%s begins\n", this->name.c_str());
	}

	noisy(const noisy &) = delete;

	~noisy()
	{
		std::printf("%s ends\n", name.c_str());
	}
};

static noisy first("first static"), second("second static");
static thread_local noisy of_thread("thread-local");
static thread_local int counter = 42;

struct shape {
	virtual ~shape() = default;
	virtual int corners() const = 0;
};

struct named {
	virtual ~named() = default;
	std::string name = "triangle";
};

struct triangle : shape, virtual named {
	int corners() const override
	{
		return 3;
	}
};

struct square : shape {
	int corners() const override
	{
		return 4;
	}
};

static void types()
{
	std::unique_ptr<shape> three = std::make_unique<triangle>(), four = std::make_unique<square>();

	HOLDS(dynamic_cast<triangle *>(three.get()) != nullptr);
	HOLDS(dynamic_cast<triangle *>(four.get()) == nullptr);
	HOLDS(dynamic_cast<named *>(three.get())->name == "triangle");
	HOLDS(typeid(*three) == typeid(triangle) && typeid(*three) != typeid(*four));
	HOLDS(three->corners() + four->corners() == 7);
	try {
		(void)dynamic_cast<square &>(*three);
	} catch (const std::bad_cast &) {
		std::cout << "bad cast\n";
	}
}

static int depth_throw(int depth)
{
	noisy level("level " + std::to_string(depth));

	if (!depth)
		throw std::range_error("deep");
	return depth_throw(depth - 1) + 1;
}

struct failing {
	noisy member{"member"};

	failing() try : member("member of failing") {
		throw 7;
	} catch (int number) {
		std::printf("function try %d\n", number);
	}
};

static void exceptions()
{
	std::exception_ptr kept;

	try {
		depth_throw(3);
	} catch (const std::runtime_error &error) {
		std::cout << "caught " << error.what() << ", " << std::uncaught_exceptions() << '\n';
		kept = std::current_exception();
	}
	try {
		std::rethrow_exception(kept);
	} catch (const std::range_error &error) {
		std::cout << "again " << error.what() << '\n';
	}
	try {
		failing object;
	} catch (int number) {
		std::cout << "thrown on " << number << '\n';
	}
	try {
		try {
			throw std::string("text");
		} catch (...) {
			std::throw_with_nested(std::logic_error("outer"));
		}
	} catch (const std::logic_error &error) {
		try {
			std::rethrow_if_nested(error);
		} catch (const std::string &text) {
			std::cout << error.what() << " around " << text << '\n';
		}
	}
	try {
		std::vector<int>(3).at(3) = 1;
	} catch (const std::out_of_range &) {
		std::cout << "out of range\n";
	}
	try {
		char *volatile bytes = new char[std::size_t(1) << 46];

		delete[] bytes;
	} catch (const std::bad_alloc &) {
		std::cout << "bad alloc\n";
	}
	try {
		std::function<void()>()();
	} catch (const std::bad_function_call &) {
		std::cout << "bad call\n";
	}
	// the C library's frames are not unwound: what passes them is caught before
	int numbers[] = {3, 1, 2};
	std::qsort(numbers, 3, sizeof(int), [](const void *a, const void *b) {
		try {
			throw *static_cast<const int *>(a) - *static_cast<const int *>(b);
		} catch (int order) {
			return order;
		}
	});
	std::cout << numbers[0] << numbers[1] << numbers[2] << '\n';
}

static noisy &local()
{
	static noisy object("local static");

	return object;
}

static void containers()
{
	std::map<std::string, std::vector<int>> lists;
	std::unordered_map<std::string, int> lengths;
	std::deque<int> both;
	std::list<int> list{5, 3, 9, 1};
	std::set<std::string, std::greater<>> names{"b", "a", "c"};
	std::mt19937 random(1);
	std::vector<unsigned> many(1000);

	for (int i = 0; i < 1000; i++) {
		lists["key " + std::to_string(i % 7)].push_back(i);
		i % 2 ? both.push_back(i) : both.push_front(i);
		lengths[std::string(i % 50, 'x')] = i;
	}
	for (const auto &[key, values] : lists)
		std::cout << key << ' ' << values.size() << ' ' << std::accumulate(values.begin(), values.end(), 0) << '\n';
	list.sort();
	std::copy(list.begin(), list.end(), std::ostream_iterator<int>(std::cout, " "));
	std::cout << both.front() << ' ' << both.back() << ' ' << lengths.size() << ' ' << lengths[""] << ' ' << *names.begin() << '\n';
	std::generate(many.begin(), many.end(), random);
	std::sort(many.begin(), many.end());
	std::cout << many.front() << ' ' << many.back() << ' ' << std::bitset<12>(many[500]) << '\n';
	std::variant<int, std::string> either = "text";
	std::optional<int> none;
	std::cout << std::get<std::string>(either) << ' ' << none.value_or(-1) << ' ' << std::abs(std::complex<double>(3, 4)) << '\n';
}

static void text()
{
	std::string line = "the quick brown fox", wide;
	std::istringstream words(line);
	std::ostringstream out;
	std::smatch match;

	for (std::string word; words >> word; )
		out << std::setw(8) << std::setfill('.') << word << '|';
	std::cout << out.str() << line.substr(4, 5) << line.find("fox") << line.rfind('o') << '\n';
	std::cout << std::hex << std::showbase << 255 << std::dec << ' ' << std::fixed << std::setprecision(3) << 3.14159 << ' '
		  << std::scientific << 12345.678 << std::defaultfloat << ' ' << 0.1 << ' ' << std::boolalpha << true << '\n';
	HOLDS(std::regex_search(line, match, std::regex("q(u.c)k")) && match[1] == "uic");
	std::cout << std::stoi("ff", nullptr, 16) << ' ' << std::stod("1e-3") << ' ' << std::to_string(-5) << '\n';
	std::istringstream numbers("12 x");
	int number = 0;
	numbers >> number >> number;
	std::cout << number << ' ' << numbers.fail() << '\n';
	std::cout << std::put_time(std::gmtime(&(const std::time_t &)std::time_t(951827696)), "%a %d %b %Y %T") << '\n';
}

static void files()
{
	namespace fs = std::filesystem;
	std::error_code error;
	std::string line;

	fs::create_directories("tmp/cxx/a/b");
	std::ofstream("tmp/cxx/a/file") << "one\ntwo\n";
	std::ifstream in("tmp/cxx/a/file");
	while (std::getline(in, line))
		std::cout << line << ' ';
	std::cout << fs::file_size("tmp/cxx/a/file") << '\n';
	fs::rename("tmp/cxx/a/file", "tmp/cxx/a/b/renamed");
	for (const auto &entry : fs::recursive_directory_iterator("tmp/cxx"))
		std::cout << entry.path().string() << ' ' << entry.is_directory() << '\n';
	(void)fs::file_size("tmp/cxx/nothing", error);
	HOLDS(error == std::errc::no_such_file_or_directory);
	try {
		fs::create_directory("tmp/cxx/x/y");
	} catch (const fs::filesystem_error &failure) {
		std::cout << failure.path1().string() << ' ' << (failure.code() == std::errc::no_such_file_or_directory) << '\n';
	}
	std::cout << fs::remove_all("tmp/cxx") << '\n';
}

static void time_and_locks()
{
	auto begin = std::chrono::steady_clock::now();
	std::mutex mutex;
	std::atomic<int> number(1);
	std::once_flag once;
	std::shared_ptr<int> shared = std::make_shared<int>(5);
	std::weak_ptr<int> weak = shared;
	std::promise<int> promise;

	std::this_thread::sleep_for(std::chrono::milliseconds(20));
	HOLDS(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(20));
	HOLDS(std::chrono::system_clock::now().time_since_epoch() > std::chrono::hours(24 * 365 * 50));
	std::lock_guard<std::mutex> lock(mutex);
	HOLDS(number.fetch_add(2) == 1 && number == 3);
	for (int i = 0; i < 3; i++)
		std::call_once(once, [] { std::cout << "once\n"; });
	HOLDS(weak.use_count() == 1);
	shared.reset();
	HOLDS(weak.expired());
	promise.set_value(9);
	HOLDS(promise.get_future().get() == 9);
	HOLDS(std::random_device().max() > 0);
}

int main(int argc, char **argv)
{
	std::cout << argc << ' ' << argv[1] << '\n';
	std::cout << of_thread.name << ' ' << ++counter << '\n';
	types();
	std::fflush(stdout);
	exceptions();
	local();
	containers();
	text();
	files();
	time_and_locks();
	std::cout << "the end" << std::endl;
	std::atexit([] { std::puts("atexit"); });
}
