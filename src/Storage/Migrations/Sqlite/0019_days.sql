-- What was reported on a day is found by its time in cases_by_grid. Each index of a grid costs every report a page.
DROP INDEX cases_grid_reported;
