#include "drivers/port/bounded_queue.hpp"

#include <atomic>
#include <thread>

#include "tests/support/catch.hpp"

using drivers::port::BoundedQueue;

TEST_CASE("Queue: values come out in order and the overflow is counted", "[drivers][queue]") {
  BoundedQueue<int> queue(3);
  for (int i = 0; i < 5; ++i) queue.push(i);
  CHECK(queue.dropped() == 2);
  CHECK(queue.drain(2) == std::vector{0, 1});
  CHECK(queue.push(9));
  CHECK(queue.drain(10) == std::vector{2, 9});
  CHECK(queue.drain(10).empty());
}

TEST_CASE("Queue: many producers lose nothing that was accepted", "[drivers][queue]") {
  std::atomic<int> woken = 0;
  BoundedQueue<int> queue(1000, [&] { ++woken; });
  std::vector<std::thread> producers;
  for (int p = 0; p < 4; ++p) {
    producers.emplace_back([&queue, p] {
      for (int i = 0; i < 400; ++i) queue.push(p * 1000 + i);
    });
  }
  std::vector<int> taken;
  while (taken.size() + queue.dropped() < 1600) {
    for (const int value : queue.drain(64)) taken.push_back(value);
  }
  for (std::thread& producer : producers) producer.join();
  CHECK(static_cast<std::size_t>(woken.load()) == taken.size());
  std::vector<int> last(4, -1);
  for (const int value : taken) {
    CHECK(value % 1000 > last[static_cast<std::size_t>(value / 1000)]);
    last[static_cast<std::size_t>(value / 1000)] = value % 1000;
  }
}
