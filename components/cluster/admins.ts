/** A name for what an admin is given: short, and the same whoever else is on the list. */
export function adminName(admin: string): string {
  return admin
    .toLowerCase()
    .replace(/^arn:aws[a-z-]*:iam::/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
