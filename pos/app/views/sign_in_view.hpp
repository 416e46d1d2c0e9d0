#pragma once

#include "pos/app/views/checkout_view.hpp"
#include "pos/domain/codes.hpp"

namespace pos::app {

struct EmployeeView {
  std::string id;  ///< "sign_in.<StaffCode>"
  domain::StaffCode employee;
  std::string name;
  std::string role;  ///< "manager"; empty for cashiers
};

struct SignInView {
  StatusView status;
  std::string title;  ///< "Who is at the till? · The basket is kept."
  std::string club;   ///< the club's name
  std::vector<EmployeeView> employees;
  std::string nobody;  ///< what to do when there is no staff yet
  MessageView message;
};

}  // namespace pos::app
