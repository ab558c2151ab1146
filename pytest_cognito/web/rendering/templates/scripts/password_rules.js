"use strict";
(() => {
  for (const list of document.querySelectorAll("ul[data-password]")) {
    const field = document.getElementById(list.dataset.password);
    const rules = [...list.querySelectorAll("li[data-pattern]")];
    const check = () => {
      for (const rule of rules) {
        const met = new RegExp(rule.dataset.pattern, "u").test(field.value);
        rule.classList.toggle("passwordCheck-valid-customizable", met);
        rule.classList.toggle("passwordCheck-notValid-customizable", !met);
      }
    };
    field.addEventListener("input", check);
    check();
  }
})();
