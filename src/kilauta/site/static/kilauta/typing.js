// Paper is typed by single keys: where one key is the whole answer, the next question has the focus at once.
"use strict";

for (const field of document.querySelectorAll('[data-key="one"]')) {
  field.addEventListener("input", () => {
    if (field.value.trim().length !== 1) return;
    const fields = [...field.form.elements].filter((each) => each.matches("input:not([type=hidden]), textarea, select, button"));
    fields[fields.indexOf(field) + 1]?.focus();
  });
}
