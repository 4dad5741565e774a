// What the theme leaves out for keyboards and screen readers: a name of the search, tables that can be scrolled by keys.
addEventListener("load", () => {
  const search = document.querySelector(".md-search");
  search?.setAttribute("aria-label", search.querySelector("input")?.placeholder ?? "Search");
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset table.dataframe")) box.tabIndex = 0;
});
