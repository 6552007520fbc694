curl --fail --silent --show-error \
  --header "Authorization: Bearer $LOKE_ACCESS_TOKEN" \
  "https://api.loke.global/organizations/$LOKE_ORGANIZATION_ID/customers/$LOKE_CUSTOMER_ID"
