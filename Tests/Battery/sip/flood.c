/* Sends SIP requests from many addresses of 127.0.0.0/8 through one socket, at a rate, and counts what comes back.
 *
 * flood PORT KIND FIRST SOURCES RATE SECONDS
 * KIND is a method, or GUESS: registrations with a wrong answer to the challenge, each with the nonce that its source was given last.
 * FIRST is the second octet of the first source's address. Prints one JSON object. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SOURCES = 65536, NONCE = 160, BUFFER = 65536 };

static char nonces[SOURCES][NONCE];
static int descriptor, first, sources, guesses;
static struct sockaddr_in server;
static long sent, sent_octets, received, received_octets, answered[700];
static const char *kind, *method;
static unsigned short own_port;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static in_addr_t address(int source) {
    return htonl(127u << 24 | (unsigned)first << 16 | (unsigned)source);
}

/* One datagram from the source's address. */
static void emit(int source, const char *text, size_t length) {
    struct iovec part = {(void *)text, length};
    char control[CMSG_SPACE(sizeof(struct in_pktinfo))] = {0};
    struct msghdr header = {&server, sizeof server, &part, 1, control, sizeof control, 0};
    struct cmsghdr *info = CMSG_FIRSTHDR(&header);
    info->cmsg_level = IPPROTO_IP;
    info->cmsg_type = IP_PKTINFO;
    info->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
    ((struct in_pktinfo *)CMSG_DATA(info))->ipi_spec_dst.s_addr = address(source);
    if (sendmsg(descriptor, &header, 0) == (ssize_t)length) {
        sent++;
        sent_octets += length;
    }
}

static void ask(long number) {
    static char text[2048], proof[512];
    int source = number % sources;
    char ip[INET_ADDRSTRLEN];
    struct in_addr from = {address(source)};
    inet_ntop(AF_INET, &from, ip, sizeof ip);
    /* Half of the guesses are for somebody there is. */
    char user[32];
    if (guesses && number % 2) snprintf(user, sizeof user, "nobody%ld", number % 97);
    else snprintf(user, sizeof user, "alice");
    proof[0] = 0;
    if (guesses && nonces[source][0]) {
        snprintf(proof, sizeof proof,
            "Authorization: Digest username=\"%s\", realm=\"home.test\", nonce=\"%s\", uri=\"sip:home.test\", response=\"%064lx\", "
            "algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"c\"\r\n", user, nonces[source], number);
        guesses++;
    }
    int body = strcmp(method, "MESSAGE") == 0;
    int length = snprintf(text, sizeof text,
        "%s sip:home.test SIP/2.0\r\nVia: SIP/2.0/UDP %s:%d;branch=z9hG4bKf%lx;rport\r\nMax-Forwards: 70\r\n"
        "From: <sip:%s@home.test>;tag=%lx\r\nTo: <sip:%s@home.test>\r\nCall-ID: flood-%d-%lx\r\nCSeq: 1 %s\r\n"
        "Contact: <sip:%s@%s:%d>\r\n%s%sContent-Length: %d\r\n\r\n%s",
        method, ip, own_port, number, user, number, user, getpid(), number, method, user, ip, own_port, proof,
        body ? "Content-Type: text/plain\r\n" : "", body ? 5 : 0, body ? "hello" : "");
    emit(source, text, length);
}

static void listen_once(void) {
    static char text[BUFFER];
    char control[256];
    for (int count = 0; count < 4096; count++) {
        struct iovec part = {text, sizeof text - 1};
        struct msghdr header = {0, 0, &part, 1, control, sizeof control, 0};
        ssize_t length = recvmsg(descriptor, &header, MSG_DONTWAIT);
        if (length <= 0) return;
        text[length] = 0;
        received++;
        received_octets += length;
        int status = length > 12 ? atoi(text + 8) : 0;
        if (status > 0 && status < 700) answered[status]++;
        struct cmsghdr *info = CMSG_FIRSTHDR(&header);
        char *nonce = strstr(text, "nonce=\"");
        if (!guesses || !info || !nonce) continue;
        int source = ntohl(((struct in_pktinfo *)CMSG_DATA(info))->ipi_addr.s_addr) & 0xFFFF;
        char *end = strchr(nonce + 7, '"');
        if (end && end - nonce - 7 < NONCE && source < sources) {
            memcpy(nonces[source], nonce + 7, end - nonce - 7);
            nonces[source][end - nonce - 7] = 0;
        }
    }
}

int main(int count, char **arguments) {
    if (count != 7) return 64;
    kind = arguments[2];
    guesses = strcmp(kind, "GUESS") == 0;
    method = guesses ? "REGISTER" : kind;
    first = atoi(arguments[3]);
    sources = atoi(arguments[4]);
    double rate = atof(arguments[5]), seconds = atof(arguments[6]);
    if (sources < 1 || sources > SOURCES) return 64;
    server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    descriptor = socket(AF_INET, SOCK_DGRAM, 0);
    int on = 1, room = 4 << 20;
    setsockopt(descriptor, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    struct sockaddr_in own = {.sin_family = AF_INET};
    socklen_t size = sizeof own;
    if (bind(descriptor, (struct sockaddr *)&own, size) || getsockname(descriptor, (struct sockaddr *)&own, &size)) return 71;
    own_port = ntohs(own.sin_port);
    double start = now();
    long number = 0;
    for (double passed = 0; passed < seconds; passed = now() - start) {
        for (int burst = 0; burst < 256 && number < passed * rate; burst++) ask(number++);
        listen_once();
        usleep(500);
    }
    /* What is still on its way. */
    for (int wait = 0; wait < 100; wait++) {
        listen_once();
        usleep(2000);
    }
    printf("{\"sent\": %ld, \"sent_octets\": %ld, \"received\": %ld, \"received_octets\": %ld, \"guesses\": %d, \"answers\": {", sent, sent_octets,
        received, received_octets, guesses > 0 ? guesses - 1 : 0);
    const char *comma = "";
    for (int status = 0; status < 700; status++) {
        if (!answered[status]) continue;
        printf("%s\"%d\": %ld", comma, status, answered[status]);
        comma = ", ";
    }
    puts("}}");
    return 0;
}
