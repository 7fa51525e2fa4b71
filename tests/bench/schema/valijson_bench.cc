/*
 * valijson-bench SCHEMA.json INSTANCES.jsonl - valijson's time for one validation of a parsed
 * instance, in nanoseconds of CPU time: it stops at the first violation, as nex-schema-bench does.
 */
#include <rapidjson/document.h>
#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <fstream>
#include <sstream>
#include <string>

static double now() {
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

static rapidjson::Document parsed(const std::string &text) {
    rapidjson::Document document;
    document.Parse(text.c_str());
    if (document.HasParseError()) {
        std::fprintf(stderr, "valijson-bench: not JSON: %.60s\n", text.c_str());
        std::exit(2);
    }
    return document;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: valijson-bench SCHEMA.json INSTANCES.jsonl\n");
        return 2;
    }
    std::ifstream schema_file(argv[1]), instances(argv[2]);
    std::stringstream text;
    text << schema_file.rdbuf();
    rapidjson::Document schema_json = parsed(text.str());
    valijson::Schema schema;
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::RapidJsonAdapter(schema_json), schema);
    std::deque<rapidjson::Document> documents;
    for (std::string line; std::getline(instances, line);)
        if (!line.empty())
            documents.push_back(parsed(line));
    valijson::Validator validator;
    bool valid = !documents.empty();
    double spent = 0;
    std::size_t done = 0;
    double start = now();
    for (std::size_t more = 1; valid && spent < 1e8; more *= 2) {
        for (const rapidjson::Document &document : documents) {
            valijson::adapters::RapidJsonAdapter target(document);
            for (std::size_t i = 0; i < more; i++)
                valid &= validator.validate(schema, target, nullptr);
        }
        done += more * documents.size();
        spent = now() - start;
    }
    if (!valid) {
        std::fprintf(stderr, "valijson-bench: an instance is not valid\n");
        return 1;
    }
    std::printf("%.2f\n", spent / static_cast<double>(done));
    return 0;
}
