# One page. The header X-Next-Page has the address
# of the next one; the last page has none.
curl --fail --silent --show-error --include \
  --header "Authorization: Bearer $LOKE_ACCESS_TOKEN" \
  "https://api.loke.global/organizations/$LOKE_ORGANIZATION_ID/customers/$LOKE_CUSTOMER_ID/memberships"
