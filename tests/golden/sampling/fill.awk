# Fills in a sheet: every audited amount is the book's, but for what `found` says: "item=amount,...".
BEGIN {
    FS = OFS = ","
    count = split(found, pairs, ",")
    for (i = 1; i <= count; i++) {
        split(pairs[i], pair, "=")
        audited[pair[1]] = pair[2]
    }
}
NR == 1 {
    for (i = 1; i <= NF; i++)
        column[$i] = i
}
NR > 1 {
    if ("audited_amount" in column)
        $column["audited_amount"] = ($1 in audited) ? audited[$1] : $column["book_amount"]
    else
        $column["deviation"] = ($1 in audited) ? audited[$1] : "no"
}
{ print }
