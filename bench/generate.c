// SPDX-License-Identifier: MIT
// Writes the benchmark's data: a year of sales in CSV files, the same for the same number of lines.
// Every two-hundredth line or document, by chance, breaks one of the controls of bench/controls;
// how many do so is written beside the data, and the benchmark compares it with what is found.
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CUSTOMERS_PER_ORDERS = 6, PRODUCTS = 20000, EMPLOYEES = 500, WINDOWS = 3, RATE = 200 };
enum { TABLES = 10 };

enum table {
    EMPLOYEE,
    CUSTOMER,
    PRODUCT,
    PRICE_LIST,
    PRICE_LIST_LINE,
    SALES_ORDER,
    SALES_ORDER_LINE,
    DELIVERY,
    DELIVERY_LINE,
    INVOICE,
};

static const struct {
    const char *name, *header;
} tables[TABLES] = {
    {"employee", "employee_id,name"},
    {"customer", "customer_id,name,grade,salesperson_id,status"},
    {"product", "product_id,name,uom,standard_cost"},
    {"price_list", "price_list_id,valid_from,valid_to,approved_by,approved_at"},
    {"price_list_line", "price_list_id,product_id,customer_grade,list_price,floor_price"},
    {"sales_order", "order_id,customer_id,order_date,salesperson_id,amount,entered_by,approved_by,"
                    "approved_at,status"},
    {"sales_order_line",
     "order_id,line_no,product_id,quantity,unit_price,amount,delivery_due_on,line_kind"},
    {"delivery",
     "delivery_id,kind,order_id,customer_id,delivery_date,prepared_by,approved_by,approved_at"},
    {"delivery_line", "delivery_id,line_no,order_line_no,product_id,quantity"},
    {"invoice", "invoice_id,kind,sign,customer_id,order_id,gross_amount,issued_by,issued_on"},
};

struct planted {
    long floor_price, amount, same_person, late_approval, other_month;
};

struct generator {
    FILE *files[TABLES];
    uint64_t state;
    struct planted planted;
};

// splitmix64
static uint64_t next_random(struct generator *generator)
{
    uint64_t value = generator->state += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

// 0 .. limit - 1
static int pick(struct generator *generator, int limit)
{
    return (int)(next_random(generator) % (uint64_t)limit);
}

static int plant(struct generator *generator, long *count)
{
    int planted = pick(generator, RATE) == 0;
    *count += planted;
    return planted;
}

// A value that depends on its product alone, in cents.
static int product_price(int product)
{
    return 500 + (int)((uint64_t)product * 7919 % 49500);
}

static int floor_price(int product, int window)
{
    return product_price(product) * (90 + window) / 100;
}

struct day {
    int month, day; // of 2026
};

static struct day day_of(int number)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct day day = {1, number + 1};
    while (day.month < 12 && day.day > lengths[day.month - 1])
        day.day -= lengths[day.month++ - 1];
    return day;
}

static void write_day(FILE *file, int number)
{
    struct day day = day_of(number);
    fprintf(file, "2026-%02d-%02d", day.month, day.day);
}

static void write_cents(FILE *file, long long cents)
{
    fprintf(file, "%lld.%02lld", cents / 100, cents % 100);
}

static void write_masters(struct generator *generator, int customers)
{
    static const char grades[] = "ABC";
    for (int i = 0; i < EMPLOYEES; i++)
        fprintf(generator->files[EMPLOYEE], "E%03d,Employee %d\n", i, i);
    for (int i = 0; i < customers; i++)
        fprintf(generator->files[CUSTOMER], "C%05d,Customer %d Ltd.,%c,E%03d,active\n", i, i,
                grades[i % 3], pick(generator, EMPLOYEES));
    for (int i = 0; i < PRODUCTS; i++)
        fprintf(generator->files[PRODUCT], "P%05d,Product %d,piece,%d.00\n", i, i,
                product_price(i) / 200);
}

// Each product has a price for everybody in each window, and one in twenty a lower one for grade A.
static void write_prices(struct generator *generator)
{
    static const char *const windows[WINDOWS] = {"2026-01-01,2026-04-30", "2026-05-01,2026-08-31",
                                                 "2026-09-01,2026-12-31"};
    for (int window = 0; window < WINDOWS; window++) {
        fprintf(generator->files[PRICE_LIST], "L%d,%s,E%03d,2025-12-01T09:00:00\n", window,
                windows[window], window);
        FILE *file = generator->files[PRICE_LIST_LINE];
        for (int product = 0; product < PRODUCTS; product++)
            for (int grade = 0; grade < (product % 20 == 0 ? 2 : 1); grade++) {
                fprintf(file, "L%d,P%05d,%s,", window, product, grade ? "A" : "");
                write_cents(file, product_price(product));
                putc(',', file);
                write_cents(file, floor_price(product, window) - grade * 10);
                putc('\n', file);
            }
    }
}

struct order {
    int number, customer, day, lines;
    long long amount;
};

static int window_of(int day)
{
    int month = day_of(day).month;
    return month <= 4 ? 0 : month <= 8 ? 1 : 2;
}

static void write_line(struct generator *generator, struct order *order, int line)
{
    int product = pick(generator, PRODUCTS), quantity = 1 + pick(generator, 400);
    // At least one cent above the floor of whatever grade, or clearly below all of them.
    int price = floor_price(product, window_of(order->day)) + 1 + pick(generator, 2000);
    if (plant(generator, &generator->planted.floor_price))
        price = floor_price(product, window_of(order->day)) - 20 - pick(generator, 100);
    long long amount = (long long)price * quantity;
    if (plant(generator, &generator->planted.amount))
        amount += 1 + pick(generator, 500);
    order->amount += amount;
    FILE *file = generator->files[SALES_ORDER_LINE];
    fprintf(file, "SO%06d,%d,P%05d,%d,", order->number, line, product, quantity);
    write_cents(file, price);
    putc(',', file);
    write_cents(file, amount);
    putc(',', file);
    write_day(file, order->day + 20);
    fputs(",normal\n", file);
    fprintf(generator->files[DELIVERY_LINE], "D%06d,%d,%d,P%05d,%d\n", order->number, line, line,
            product, quantity);
}

static void write_order(struct generator *generator, const struct order *order)
{
    FILE *file = generator->files[SALES_ORDER];
    int entered = pick(generator, EMPLOYEES);
    int approved = (entered + 1 + pick(generator, EMPLOYEES - 1)) % EMPLOYEES;
    if (plant(generator, &generator->planted.same_person))
        approved = entered;
    int shipped = order->day + 2 + pick(generator, 3);
    int decided = order->day + (plant(generator, &generator->planted.late_approval) ? 6 : 1);
    fprintf(file, "SO%06d,C%05d,", order->number, order->customer);
    write_day(file, order->day);
    fprintf(file, ",E%03d,", pick(generator, EMPLOYEES));
    write_cents(file, order->amount);
    fprintf(file, ",E%03d,E%03d,", entered, approved);
    write_day(file, decided);
    fprintf(file, "T%02d:%02d:00,approved\n", 8 + pick(generator, 10), pick(generator, 60));
    file = generator->files[DELIVERY];
    fprintf(file, "D%06d,delivery,SO%06d,C%05d,", order->number, order->number, order->customer);
    write_day(file, shipped);
    fprintf(file, ",E%03d,E%03d,", pick(generator, EMPLOYEES), pick(generator, EMPLOYEES));
    write_day(file, shipped);
    fputs("T17:00:00\n", file);
    // Orders are dated so that a delivery's month has room for the invoice.
    int issued = plant(generator, &generator->planted.other_month) ? shipped + 31 : shipped + 1;
    file = generator->files[INVOICE];
    fprintf(file, "I%06d,vat_special,blue,C%05d,SO%06d,", order->number, order->customer,
            order->number);
    write_cents(file, order->amount);
    fprintf(file, ",E%03d,", pick(generator, EMPLOYEES));
    write_day(file, issued);
    putc('\n', file);
}

// Days 1 to 20 of January to November.
static int order_day(struct generator *generator)
{
    static const int starts[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304};
    return starts[pick(generator, 11)] + pick(generator, 20);
}

static void write_orders(struct generator *generator, int lines, int customers)
{
    for (int number = 0; lines > 0; number++) {
        // Three or four lines, ten in three orders.
        struct order order = {number, pick(generator, customers), order_day(generator), 0, 0};
        order.lines = number % 3 == 0 ? 4 : 3;
        if (order.lines > lines)
            order.lines = lines;
        for (int line = 1; line <= order.lines; line++)
            write_line(generator, &order, line);
        write_order(generator, &order);
        lines -= order.lines;
    }
}

static FILE *create(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file)
        return file;
    fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
    exit(1);
}

static void finish(FILE *file)
{
    if (ferror(file) == 0 && fclose(file) == 0)
        return;
    fprintf(stderr, "generate: a file could not be written: %s\n", strerror(errno));
    exit(1);
}

int main(int count, char **arguments)
{
    struct generator generator = {.state = 20261005};
    int lines = count == 3 ? atoi(arguments[2]) : 0;
    if (lines <= 0) {
        fputs("usage: generate FOLDER LINES\n", stderr);
        return 2;
    }
    int customers = lines * 3 / 10 / CUSTOMERS_PER_ORDERS + 1;
    for (int i = 0; i < TABLES; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s.csv", tables[i].name);
        generator.files[i] = create(arguments[1], name);
        fprintf(generator.files[i], "%s\n", tables[i].header);
    }
    write_masters(&generator, customers);
    write_prices(&generator);
    write_orders(&generator, lines, customers);
    for (int i = 0; i < TABLES; i++)
        finish(generator.files[i]);
    FILE *file = create(arguments[1], "../planted");
    const struct planted *planted = &generator.planted;
    fprintf(file, "BEN-11 %ld\nBEN-12 %ld\nBEN-13 %ld\nBEN-14 %ld\nBEN-15 %ld\n",
            planted->floor_price, planted->amount, planted->same_person, planted->late_approval,
            planted->other_month);
    finish(file);
    return 0;
}
