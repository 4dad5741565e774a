// A held value is copied, moved and assigned as the value itself, and is known where it is complete alone.
#include "sim/describe/held.hpp"

#include <type_traits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace {

struct Basket;

struct Cart {
    sim::Held<Basket> basket;
    int wheels = 4;
};

}  // namespace

// Before it is known what a basket is, as for those who include a header with such a member.
extern template class sim::Held<Basket>;
static_assert(std::is_nothrow_move_constructible_v<Cart> && std::is_copy_assignable_v<Cart>);

namespace {

struct Basket {
    std::vector<int> fruits;
};

}  // namespace

template class sim::Held<Basket>;

namespace {

TEST(Held, BeginsAsTheValueDoes) {
    EXPECT_TRUE(Cart().basket->fruits.empty());
}

TEST(Held, CopiesShareNothing) {
    Cart one;
    one.basket->fruits = {1, 2};
    Cart other = one;
    other.basket->fruits.push_back(3);
    EXPECT_EQ(one.basket->fruits, (std::vector{1, 2}));
    EXPECT_EQ((*other.basket).fruits, (std::vector{1, 2, 3}));
    one = other;
    other.basket->fruits.clear();
    EXPECT_EQ(one.basket->fruits, (std::vector{1, 2, 3}));
    auto& same = one;
    one = same;
    EXPECT_EQ(one.basket->fruits, (std::vector{1, 2, 3}));
}

TEST(Held, MovesWithoutACopy) {
    Cart one;
    one.basket->fruits = {1};
    const auto* place = &*one.basket;
    Cart other = std::move(one);
    EXPECT_EQ(&*other.basket, place);
    one = std::move(other);
    EXPECT_EQ(&*one.basket, place);
    const Cart copy = other;  // of nothing, nothing
    other = one;
    EXPECT_EQ(other.basket->fruits, (std::vector{1}));
}

}  // namespace
