/* People on web sockets, many and fast: one thread, one epoll.
 *
 *   load serve PORT CUSTOMERS COOKIES    a file with the session cookie of one agent a line
 *   load idle  PORT SOCKETS
 *
 * `serve`: the agents open their desks and are ready; then each customer says hello and writes a first message, which
 * opens a contact. A message is done when its writer has the receipt *and* a desk has the push; only then does the
 * customer write the next one. Prints "ready", and for each line SECONDS on its input one line
 * "MESSAGES_PER_S P50_MS P99_MS MESSAGES" (the last: of the whole run, its beginning included). Between runs the sockets stay open. The end of its input ends it.
 *
 * `idle`: customers who said hello and wait. Prints "ready" when all are welcome, ends with its input.
 *
 * A message's id is a time and sixteen digits: eight for the customer, eight that count. So whoever sees it knows
 * whose it is. Anything unexpected (a refusal, a lost socket) ends the program with a word on stderr: figures of a
 * run that went wrong are worth nothing. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };
enum { ID_LENGTH = 26, TIME_DIGITS = 10, FRAME_MAX = 1024, LATENCIES_MAX = 4 << 20, PATIENCE_S = 60, NOT_A_CUSTOMER = 99999999 };
enum { CUSTOMER_BUFFER = 1 << 14, DESK_BUFFER = 1 << 20 };

typedef struct {
    int fd;
    bool is_desk, is_welcome;
    int answers_due; /* of the message that is under way: its receipt, its push */
    unsigned written_count;
    double written_at;
    size_t length, capacity;
    unsigned char *buffer;
} Person;

static Person *people, *customers;
static int customers_count, desks_count, port, poll_fd;
static int welcome_count, under_way_count;
static bool is_running; /* customers go on writing */
static double *latencies, measured_since;
static size_t latencies_count;
static long done_count;
static char said[201];

static void fail(const char *format, ...) {
    va_list values;
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* ---- frames (RFC 6455 section 5.2) ---------------------------------------------------------- */

static void send_frame(Person *person, int opcode, const char *payload, size_t length) {
    static const unsigned char mask[4] = {0x17, 0x2a, 0x83, 0xf1};
    unsigned char frame[FRAME_MAX];
    size_t head = 2;
    frame[0] = 0x80 | opcode;
    frame[1] = 0x80 | (length < 126 ? length : 126);
    if (length >= 126) {
        frame[2] = length >> 8;
        frame[3] = length & 255;
        head = 4;
    }
    memcpy(frame + head, mask, 4);
    for (size_t i = 0; i < length; i++) frame[head + 4 + i] = payload[i] ^ mask[i & 3];
    size_t size = head + 4 + length;
    if (write(person->fd, frame, size) != (ssize_t)size) fail("cannot write: %s", strerror(errno));
}

static void send_text(Person *person, const char *format, ...) {
    char text[FRAME_MAX - 8];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    send_frame(person, TEXT, text, length);
}

/* ---- ids (dryfly.platform.ids) -------------------------------------------------------------- */

static void make_id(char id[ID_LENGTH + 1], int customer, unsigned count) {
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    uint64_t ms = time.tv_sec * 1000ull + time.tv_nsec / 1000000;
    for (int i = TIME_DIGITS; i-- > 0; ms >>= 5) id[i] = letters[ms & 31];
    snprintf(id + TIME_DIGITS, 17, "%08d%08u", customer, count);
}

static Person *writer_of(const char *id) {
    char digits[9] = {0};
    memcpy(digits, id + TIME_DIGITS, 8);
    int customer = atoi(digits);
    if (customer < 0 || customer >= customers_count) fail("a message of nobody: %.26s", id);
    return &customers[customer];
}

/* ---- what people do ------------------------------------------------------------------------- */

static void say(Person *customer) {
    char id[ID_LENGTH + 1];
    make_id(id, customer - customers, ++customer->written_count);
    customer->answers_due = 2;
    customer->written_at = now();
    under_way_count++;
    send_text(customer, "{\"do\":\"say\",\"id\":\"%s\",\"text\":\"%s\"}", id, said);
}

static void take_answer(Person *customer) {
    if (--customer->answers_due) return;
    under_way_count--;
    if (measured_since > 0 && customer->written_at >= measured_since && latencies_count < LATENCIES_MAX)
        latencies[latencies_count++] = now() - customer->written_at;
    done_count++;
    if (is_running) say(customer);
}

static bool starts(const char *text, size_t length, const char *with) {
    size_t size = strlen(with);
    return length >= size && !memcmp(text, with, size);
}

static void welcome(Person *person) {
    if (person->is_welcome) return;
    person->is_welcome = true;
    welcome_count++;
}

/* A push of a new message carries {"kind":"message_added","contact":"...","message":{"id":"<26 letters>"... */
static void take_push(const char *text, size_t length) {
    static const char kind[] = "\"kind\":\"message_added\"", id[] = "\"message\":{\"id\":\"";
    const char *found = memmem(text, length, kind, sizeof kind - 1);
    if (!found) return;
    found = memmem(found, text + length - found, id, sizeof id - 1);
    if (!found) fail("a push without an id: %.*s", (int)length, text);
    take_answer(writer_of(found + sizeof id - 1));
}

static void take_text(Person *person, const char *text, size_t length) {
    if (starts(text, length, "{\"is\":\"push\"")) {
        if (person->is_desk) take_push(text, length);
    } else if (starts(text, length, "{\"is\":\"receipt\"")) {
        if (person->is_desk) welcome(person); /* of being ready */
        else take_answer(person);
    } else if (starts(text, length, "{\"is\":\"state\"")) {
        char id[ID_LENGTH + 1];
        make_id(id, NOT_A_CUSTOMER, person - people);
        if (person->is_desk) send_text(person, "{\"do\":\"presence\",\"id\":\"%s\",\"presence\":\"ready\"}", id);
        else welcome(person);
    } else if (starts(text, length, "{\"is\":\"refused\"") || starts(text, length, "{\"is\":\"bye\"")) {
        fail("refused: %.*s", (int)length, text);
    }
}

static void take_frame(Person *person, int first, const char *payload, size_t length) {
    if (first & 0x70) fail("an extension that was not agreed upon");
    switch (first & 15) {
    case TEXT:
    case BINARY: take_text(person, payload, length); break;
    case PING: send_frame(person, PONG, payload, length); break;
    case CLOSE: fail("the server closed a socket"); break;
    default: break;
    }
}

/* Takes the whole frames at the front of the buffer; keeps the rest. */
static void take_frames(Person *person) {
    size_t at = 0;
    while (person->length - at >= 2) {
        unsigned char *frame = person->buffer + at;
        size_t left = person->length - at, size = frame[1] & 127, head = 2;
        if (size >= 126) {
            size_t bytes = size == 126 ? 2 : 8;
            if (left < 2 + bytes) break;
            size = 0;
            for (size_t i = 0; i < bytes; i++) size = size << 8 | frame[2 + i];
            head += bytes;
        }
        if (left < head + size) break;
        take_frame(person, frame[0], (char *)frame + head, size);
        at += head + size;
    }
    memmove(person->buffer, person->buffer + at, person->length -= at);
}

/* ---- sockets -------------------------------------------------------------------------------- */

static void shake_hands(int fd, const char *path, const char *cookie) {
    char request[1024], answer[4096] = {0};
    int length = snprintf(
        request, sizeof request,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n%s%s%s\r\n",
        path, port, port, cookie ? "Cookie: " : "", cookie ? cookie : "", cookie ? "\r\n" : "");
    if (write(fd, request, length) != length) fail("cannot write: %s", strerror(errno));
    for (size_t got = 0; !strstr(answer, "\r\n\r\n"); got++)
        if (got + 1 >= sizeof answer || read(fd, answer + got, 1) != 1) fail("no handshake: %s", answer);
    if (!strstr(answer, " 101 ")) fail("no handshake: %s", answer);
    if (strcasestr(answer, "permessage-deflate")) fail("the server compresses each socket: that is not what ships");
}

static void open_socket(Person *person, const char *cookie) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = person};
    int yes = 1;
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    person->fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(person->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(person->fd, (struct sockaddr *)&address, sizeof address)) fail("cannot connect: %s", strerror(errno));
    shake_hands(person->fd, cookie ? "/desk/socket" : "/widget/main/socket", cookie);
    fcntl(person->fd, F_SETFL, O_NONBLOCK);
    person->is_desk = cookie != NULL;
    person->capacity = cookie ? DESK_BUFFER : CUSTOMER_BUFFER;
    person->buffer = malloc(person->capacity);
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, person->fd, &event);
    send_text(person, "{\"do\":\"hello\"}");
}

static void read_socket(Person *person) {
    ssize_t got = read(person->fd, person->buffer + person->length, person->capacity - person->length);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) fail("a socket was lost: %s", got ? strerror(errno) : "closed");
    person->length += got;
    take_frames(person);
    if (person->length == person->capacity) fail("a frame is larger than %zu bytes", person->capacity);
}

/* ---- runs ----------------------------------------------------------------------------------- */

/* Serves the sockets for a while. True: there is a line to read. */
static bool turn(int patience_ms) {
    struct epoll_event events[512];
    bool told = false;
    int count = epoll_wait(poll_fd, events, 512, patience_ms);
    for (int i = 0; i < count; i++) {
        if (events[i].data.ptr) read_socket(events[i].data.ptr);
        else told = true;
    }
    return told;
}

static void until_equal(const int *count, int wanted) {
    double end = now() + PATIENCE_S;
    while (*count != wanted) {
        if (now() > end) fail("waited in vain: %d of %d", *count, wanted);
        turn(100);
    }
}

static void write_to_each_other(double seconds) {
    double start = now(), warm = start + seconds * 0.15, end = start + seconds;
    long done_before = 0, done_at_start = done_count;
    latencies_count = 0;
    measured_since = 0;
    is_running = true;
    for (int i = 0; i < customers_count; i++) say(&customers[i]);
    for (double at = start; at < end; at = now()) {
        if (measured_since == 0 && at >= warm) measured_since = at, done_before = done_count;
        turn(10);
    }
    double rate = (done_count - done_before) / (now() - measured_since);
    is_running = false;
    until_equal(&under_way_count, 0);
    qsort(latencies, latencies_count, sizeof *latencies, by_size);
    double p50 = latencies_count ? latencies[latencies_count / 2] : 0;
    double p99 = latencies_count ? latencies[latencies_count * 99 / 100] : 0;
    printf("%.1f %.3f %.3f %ld\n", rate, p50 * 1e3, p99 * 1e3, done_count - done_at_start);
    fflush(stdout);
}

static void open_desks(const char *path) {
    char cookie[256];
    FILE *cookies = fopen(path, "r");
    if (!cookies) fail("cannot read %s", path);
    while (fgets(cookie, sizeof cookie, cookies)) {
        cookie[strcspn(cookie, "\n")] = 0;
        open_socket(&people[desks_count++], cookie);
    }
    fclose(cookies);
    until_equal(&welcome_count, desks_count);
}

static void open_pages(void) {
    customers = people + desks_count;
    for (int i = 0; i < customers_count; i++) {
        open_socket(&customers[i], NULL);
        turn(0);
    }
    until_equal(&welcome_count, desks_count + customers_count);
}

static void obey(void) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    char line[64];
    puts("ready");
    fflush(stdout);
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    while (true) {
        if (!turn(1000)) continue;
        if (!fgets(line, sizeof line, stdin)) return;
        epoll_ctl(poll_fd, EPOLL_CTL_DEL, STDIN_FILENO, NULL);
        write_to_each_other(atof(line));
        epoll_ctl(poll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    }
}

int main(int count, char **arguments) {
    bool serves = count == 5 && !strcmp(arguments[1], "serve");
    if (!serves && !(count == 4 && !strcmp(arguments[1], "idle"))) fail("load serve PORT CUSTOMERS COOKIES | load idle PORT SOCKETS");
    port = atoi(arguments[2]);
    customers_count = atoi(arguments[3]);
    people = calloc(customers_count + 1000, sizeof *people);
    latencies = malloc(LATENCIES_MAX * sizeof *latencies);
    memset(said, 'x', sizeof said - 1);
    poll_fd = epoll_create1(0);
    if (serves) open_desks(arguments[4]);
    open_pages();
    if (serves) {
        for (int i = 0; i < customers_count; i++) say(&customers[i]);
        until_equal(&under_way_count, 0);
    }
    obey();
    return 0;
}
