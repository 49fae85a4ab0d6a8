/**
 * A settings file to begin with. It decides nothing yet: everything in it is a comment or empty, so that it judges as no file does.
 */
export const starter = `# Settings of s3-config-rules: what your organization decides, not the rules. They are found from the working folder
# upwards under this name. Check them with "s3-config-rules settings check"; "settings schema" prints their JSON Schema,
# and examples/settings.yaml of the package shows every section in use.

# Who may be granted access by bucket policies and ACLs. A bucket's own account always may.
trust:
  accounts: [] # twelve digits in quotes: ["111122223333"]
  organizations: [] # [o-a1b2c3d4e5]

# Which keys may encrypt buckets: ARNs of keys or aliases, with * and ?, or account:111122223333.
kms:
  approvedKeys: []

# Which buckets are meant to receive logs.
logs:
  approvedTargets: []

# Which roles may administer all of S3.
iam:
  adminRoles: []

# Where accounts are, for waivers by organizational unit and for --group-by ou, and what they are called in reports.
organization:
  homeRegions: [] # where rules on the account and on IAM run: [eu-central-1]
  accounts: {} # {"111122223333": o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/}
  names: {} # {"111122223333": log-archive, ou-ab12-11111111: Security}

# Parameters of rules; "rules show <id>" lists them.
rules: {}

# Findings that are accepted for a while, at most 365 days:
#   - id: web-assets-without-kms
#     rule: s3-sse-kms-approved-keys
#     subject: { arn: "arn:aws:s3:::my-web-assets" } # or account: "111122223333", or ou: ou-ab12-11111111
#     owner: Lead of the web team
#     approver: Chief information security officer
#     reason: Style sheets that every visitor downloads. They hold no personal data.
#     created: "2026-11-01"
#     expires: "2027-10-31"
waivers: []
`;
