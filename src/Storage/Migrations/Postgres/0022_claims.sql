-- How often a photo was put: one that its case then refused takes its claim back, and the last of them the photo.
-- Those of before stay for good.
ALTER TABLE evidence ADD COLUMN claims integer NOT NULL DEFAULT 1;
