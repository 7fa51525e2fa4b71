/*
 * The command line as tables; see spec.h.
 *
 * Written by nexgen 0.1.0 from config.json (sha256 b76e017e3d87c37f); do not edit.
 */
#include "spec.h"

static const cli_example root_version_examples[] = {
    {
        .command = "nex version", .help = "Print it",
    },
};

static const cli_arg root_completion_args[] = {
    {
        .name = "SHELL", .help = "Shell to write it for", .required = true,
        .choices = (const char *const[]){"bash", "zsh", "fish", NULL},
    },
};

static const cli_example root_completion_examples[] = {
    {
        .command = "nex completion bash > /etc/bash_completion.d/nex",
        .help = "For all users of bash",
    },
};

static const cli_arg root_schema_validate_args[] = {
    {
        .name = "SCHEMA", .help = "JSON Schema, draft-07 or 2020-12", .required = true,
    },
    {
        .name = "FILE", .help = "Documents; - or none: standard input", .repeat = true,
    },
};

static const cli_flag root_schema_validate_flags[] = {
    {
        .key = "schema.validate.jsonl", .name = "jsonl", .kind = CLI_BOOL,
        .help = "Each line of a document is an instance of its own", .default_json = "false",
    },
};

static const cli_example root_schema_validate_examples[] = {
    {
        .command = "nex schema validate start_request.json request.yaml", .help = "One document",
    },
    {
        .command = "nex schema validate --jsonl schema.json requests.jsonl",
        .help = "One instance a line",
    },
};

static const cli_command root_schema_commands[] = {
    {
        .name = "validate", .path = "schema validate",
        .summary = "Validate documents against a JSON Schema",
        .help = "Validates JSON or YAML documents. Exit status: 0 all valid, 1 one is not, 2 "
                "wrong usage or a bad schema.",
        .json = "violations in the \"basic\" output format of JSON Schema",
        .args = root_schema_validate_args, .arg_count = 2, .flags = root_schema_validate_flags,
        .flag_count = 1, .examples = root_schema_validate_examples, .example_count = 2,
    },
};

static const cli_arg root_secret_rm_args[] = {
    {
        .name = "NAME", .help = "NAME of secret://NAME", .required = true,
    },
};

static const cli_example root_secret_rm_examples[] = {
    {
        .command = "nex --namespace default secret rm db-password", .help = "Delete one",
    },
};

static const cli_example root_secret_list_examples[] = {
    {
        .command = "nex --namespace default secret list", .help = "One namespace",
    },
};

static const cli_arg root_secret_set_args[] = {
    {
        .name = "NAME", .help = "NAME of secret://NAME", .required = true,
    },
};

static const cli_flag root_secret_set_flags[] = {
    {
        .key = "secret.set.node", .name = "node", .kind = CLI_TEXT, .value = "ID",
        .help = "Only for this node",
    },
};

static const cli_example root_secret_set_examples[] = {
    {
        .command = "nex --namespace default secret set db-password < password.txt",
        .help = "The bytes of a file, as they are",
    },
};

static const cli_command root_secret_commands[] = {
    {
        .name = "set", .path = "secret set", .summary = "Store a secret",
        .help = "Reads a value from standard input, or asks for it, and stores it for the nodes "
                "of the nexus. It is sealed to each of them before it leaves this program.",
        .json = "{name, namespace, nodes}", .connects = true, .args = root_secret_set_args,
        .arg_count = 1, .flags = root_secret_set_flags, .flag_count = 1,
        .examples = root_secret_set_examples, .example_count = 1,
    },
    {
        .name = "list", .path = "secret list", .aliases = (const char *const[]){"ls", NULL},
        .summary = "List the names of secrets",
        .help = "Lists the names of secrets and for how many nodes each is stored; never a value.",
        .json = "array of {name, nodes}", .connects = true, .examples = root_secret_list_examples,
        .example_count = 1,
    },
    {
        .name = "rm", .path = "secret rm", .summary = "Delete a secret",
        .help = "Deletes a secret and its history, for all nodes. Workloads that run keep what "
                "they have.",
        .json = "{name, namespace, nodes}", .connects = true, .args = root_secret_rm_args,
        .arg_count = 1, .examples = root_secret_rm_examples, .example_count = 1,
    },
};

static const cli_arg root_artifact_rm_args[] = {
    {
        .name = "NAME", .help = "BUCKET/NAME:TAG, with or without nats://", .required = true,
    },
};

static const cli_example root_artifact_rm_examples[] = {
    {
        .command = "nex artifact rm apps/hello:1.2", .help = "Delete one",
    },
};

static const cli_arg root_artifact_list_args[] = {
    {
        .name = "BUCKET", .help = "Only of this bucket; without it of all object stores",
    },
};

static const cli_example root_artifact_list_examples[] = {
    {
        .command = "nex artifact list apps", .help = "Those of one bucket",
    },
};

static const cli_arg root_artifact_push_args[] = {
    {
        .name = "FILE", .help = "Program or archive", .required = true,
    },
};

static const cli_flag root_artifact_push_flags[] = {
    {
        .key = "artifact.push.name", .name = "name", .kind = CLI_TEXT, .value = "BUCKET/NAME:TAG",
        .help = "Name; by default that of the file, in the bucket artifacts, which is made if it "
                "is not there, with the tag latest",
    },
};

static const cli_example root_artifact_push_examples[] = {
    {
        .command = "nex artifact push ./hello --name apps/hello:1.2",
        .help = "For a start request with \"uri\": \"nats://apps/hello:1.2\"",
    },
};

static const cli_command root_artifact_commands[] = {
    {
        .name = "push", .path = "artifact push", .summary = "Store a file",
        .help = "Stores a file under a name, in place of what has that name, and prints its "
                "SHA-256. Nobody sees it before it is whole.",
        .json = "{uri, bucket, name, tag, size, sha256}", .connects = true,
        .args = root_artifact_push_args, .arg_count = 1, .flags = root_artifact_push_flags,
        .flag_count = 1, .examples = root_artifact_push_examples, .example_count = 1,
    },
    {
        .name = "list", .path = "artifact list", .aliases = (const char *const[]){"ls", NULL},
        .summary = "List artifacts", .help = "Lists artifacts with size, date and SHA-256.",
        .json = "array of {uri, bucket, name, tag, size, sha256, modified}", .connects = true,
        .args = root_artifact_list_args, .arg_count = 1, .examples = root_artifact_list_examples,
        .example_count = 1,
    },
    {
        .name = "rm", .path = "artifact rm", .summary = "Delete an artifact",
        .help = "Deletes an artifact. Workloads that run keep their copy.",
        .json = "{uri, bucket, name, tag, size, sha256}", .connects = true,
        .args = root_artifact_rm_args, .arg_count = 1, .examples = root_artifact_rm_examples,
        .example_count = 1,
    },
};

static const cli_flag root_workload_check_flags[] = {
    {
        .key = "workload.check.nexfile", .name = "nexfile", .short_name = 'f', .kind = CLI_TEXT,
        .flags = CLI_FILE, .value = "FILE",
        .help = "Nexfile that describes the workload, YAML or JSON",
        .default_text = "./Nexfile, if there is one",
    },
    {
        .key = "workload.check.schema", .name = "schema", .kind = CLI_TEXT, .flags = CLI_FILE,
        .value = "FILE", .help = "Check start_request against this schema, offline",
    },
};

static const cli_example root_workload_check_examples[] = {
    {
        .command = "nex workload check -f Nexfile", .help = "Against the nexlets that run",
    },
    {
        .command = "nex workload check -f Nexfile --schema start_request.json",
        .help = "Offline, for an editor or CI",
    },
};

static const cli_arg root_workload_logs_args[] = {
    {
        .name = "ID", .help = "Id of the workload", .required = true,
    },
};

static const cli_flag root_workload_logs_flags[] = {
    {
        .key = "workload.logs.follow", .name = "follow", .short_name = 'f', .kind = CLI_BOOL,
        .help = "Go on with what the workload writes from now on", .default_json = "false",
    },
    {
        .key = "workload.logs.since", .name = "since", .kind = CLI_DURATION, .value = "DURATION",
        .help = "Only output not older than this",
    },
    {
        .key = "workload.logs.tail", .name = "tail", .kind = CLI_INT, .value = "N",
        .help = "Begin so many lines before the end; 0: only what comes", .has_minimum = true,
        .minimum = 0,
    },
    {
        .key = "workload.logs.stderr", .name = "stderr", .kind = CLI_BOOL,
        .help = "Only standard error", .default_json = "false",
    },
};

static const cli_example root_workload_logs_examples[] = {
    {
        .command = "nex workload logs -f --tail 20 2TKL01gnIVeT3fgMBITPUl",
        .help = "The last lines, and on",
    },
};

static const cli_arg root_workload_info_args[] = {
    {
        .name = "ID", .help = "Id of the workload", .required = true,
    },
};

static const cli_example root_workload_info_examples[] = {
    {
        .command = "nex workload info 2TKL01gnIVeT3fgMBITPUl", .help = "All about one workload",
    },
};

static const cli_arg root_workload_clone_args[] = {
    {
        .name = "ID", .help = "Id of the workload", .required = true,
    },
};

static const cli_flag root_workload_clone_flags[] = {
    {
        .key = "workload.clone.tags", .name = "tags", .kind = CLI_MAP, .value = "NAME=VALUE",
        .help = "Tags the node must have",
    },
    {
        .key = "workload.clone.stop", .name = "stop", .kind = CLI_BOOL,
        .help = "Stop the original once the copy runs", .default_json = "false",
    },
};

static const cli_example root_workload_clone_examples[] = {
    {
        .command = "nex workload clone 2TKL01gnIVeT3fgMBITPUl --tags region=prod --stop",
        .help = "Move a workload",
    },
};

static const cli_flag root_workload_list_flags[] = {
    {
        .key = "workload.list.type", .name = "type", .kind = CLI_TEXT, .value = "TYPE",
        .help = "Only workloads of this type",
    },
    {
        .key = "workload.list.show_metadata", .name = "show-metadata", .kind = CLI_BOOL,
        .help = "Show what nexlets tell about their workloads", .default_json = "false",
    },
    {
        .key = "workload.list.filter", .name = "filter", .kind = CLI_LIST, .value = "TEXT",
        .help = "Only these ids or names",
    },
};

static const cli_example root_workload_list_examples[] = {
    {
        .command = "nex --namespace default workload list", .help = "One namespace",
    },
    {
        .command = "nex workload ls --show-metadata", .help = "With pid, restarts and more",
    },
};

static const cli_arg root_workload_stop_args[] = {
    {
        .name = "ID", .help = "Id of the workload", .required = true,
    },
};

static const cli_example root_workload_stop_examples[] = {
    {
        .command = "nex workload stop 2TKL01gnIVeT3fgMBITPUl", .help = "Stop one",
    },
};

static const cli_flag root_workload_start_flags[] = {
    {
        .key = "workload.start.tags", .name = "tags", .kind = CLI_MAP, .value = "NAME=VALUE",
        .help = "Tags the node must have; --node-id goes first",
    },
    {
        .key = "workload.start.type", .name = "type", .kind = CLI_TEXT, .value = "TYPE",
        .help = "Workload type", .default_json = "\"native\"",
    },
    {
        .key = "workload.start.name", .name = "name", .kind = CLI_TEXT, .value = "NAME",
        .help = "Name of the workload",
    },
    {
        .key = "workload.start.description", .name = "description", .kind = CLI_TEXT,
        .value = "TEXT", .help = "What the workload is for",
    },
    {
        .key = "workload.start.lifecycle", .name = "lifecycle", .kind = CLI_TEXT,
        .value = "LIFECYCLE", .help = "How long it lives", .default_json = "\"service\"",
        .choices = (const char *const[]){"service", "function", "job", NULL},
    },
    {
        .key = "workload.start.start_request", .name = "start-request", .kind = CLI_JSON,
        .value = "JSON",
        .help = "What to run, in the shape the nexlet asks for: JSON, @FILE, or - for standard "
                "input",
    },
    {
        .key = "workload.start.nexfile", .name = "nexfile", .short_name = 'f', .kind = CLI_TEXT,
        .flags = CLI_FILE, .value = "FILE",
        .help = "Nexfile that describes the workload, YAML or JSON",
        .default_text = "./Nexfile, if there is one",
    },
    {
        .key = "workload.start.node_id", .name = "node-id", .kind = CLI_TEXT, .value = "ID",
        .help = "Id of the node to start it on",
    },
};

static const cli_example root_workload_start_examples[] = {
    {
        .command = "nex workload start", .help = "Start what ./Nexfile describes",
    },
    {
        .command = "nex workload start -f api.yaml --name api --tags region=lab",
        .help = "Override what the Nexfile says",
    },
    {
        .command = "nex workload run --lifecycle job --name once --start-request "
                   "'{\"uri\":\"file:///bin/date\"}'",
        .help = "Without a Nexfile",
    },
};

static const cli_command root_workload_commands[] = {
    {
        .name = "start", .path = "workload start",
        .aliases = (const char *const[]){"run", "deploy", NULL}, .summary = "Start a workload",
        .help = "Asks the nodes for bids, takes one and starts the workload there. Values come "
                "from flags, then from the Nexfile, then from the configuration file.",
        .json = "{id, name, namespace, node_id, agent_type}", .connects = true,
        .flags = root_workload_start_flags, .flag_count = 8,
        .examples = root_workload_start_examples, .example_count = 3,
    },
    {
        .name = "stop", .path = "workload stop", .aliases = (const char *const[]){"undeploy", NULL},
        .summary = "Stop a workload",
        .help = "Stops a workload and answers when all its processes are gone.",
        .json = "StopWorkloadResponse", .connects = true, .args = root_workload_stop_args,
        .arg_count = 1, .examples = root_workload_stop_examples, .example_count = 1,
    },
    {
        .name = "list", .path = "workload list", .aliases = (const char *const[]){"ls", NULL},
        .summary = "List workloads",
        .help = "Lists the workloads of the namespace; as system those of all namespaces.",
        .json = "array of WorkloadSummary with node_id", .connects = true,
        .flags = root_workload_list_flags, .flag_count = 3, .examples = root_workload_list_examples,
        .example_count = 2,
    },
    {
        .name = "clone", .path = "workload clone",
        .aliases = (const char *const[]){"cp", "copy", NULL},
        .summary = "Start a workload once more",
        .help = "Starts a copy of a running workload on whichever node bids.",
        .json = "{id, name, namespace, node_id, agent_type}", .connects = true,
        .args = root_workload_clone_args, .arg_count = 1, .flags = root_workload_clone_flags,
        .flag_count = 2, .examples = root_workload_clone_examples, .example_count = 1,
    },
    {
        .name = "info", .path = "workload info", .summary = "Show one workload",
        .help = "Shows all there is to know about a workload: where it runs, how it is, and its "
                "start request, with values that may be secret masked.",
        .json = "an object: WorkloadSummary, and node_id, node_name, agent_id, agent_name, "
                "agent_version, agent_health, description and start_request, its secrets masked",
        .connects = true, .args = root_workload_info_args, .arg_count = 1,
        .examples = root_workload_info_examples, .example_count = 1,
    },
    {
        .name = "logs", .path = "workload logs", .summary = "Show what a workload wrote",
        .help = "Shows the kept output of a workload and, with --follow, what comes.",
        .json = "an object a line of output: time, stream, text, and sequence where the output is "
                "kept",
        .connects = true, .args = root_workload_logs_args, .arg_count = 1,
        .flags = root_workload_logs_flags, .flag_count = 4, .examples = root_workload_logs_examples,
        .example_count = 1,
    },
    {
        .name = "check", .path = "workload check", .summary = "Check a Nexfile",
        .help = "Checks a Nexfile and its start_request, against the schema of a running nexlet "
                "or against a schema file without any connection.",
        .json = "violations in the \"basic\" output format of JSON Schema", .connects = true,
        .flags = root_workload_check_flags, .flag_count = 2,
        .examples = root_workload_check_examples, .example_count = 2,
    },
};

static const cli_arg root_node_lameduck_args[] = {
    {
        .name = "ID", .help = "Id of the node", .flag = "node-id",
    },
};

static const cli_flag root_node_lameduck_flags[] = {
    {
        .key = "node.lameduck.node_id", .name = "node-id", .kind = CLI_TEXT, .value = "ID",
        .help = "Id of the node",
    },
    {
        .key = "node.lameduck.delay", .name = "delay", .kind = CLI_DURATION, .value = "DURATION",
        .help = "How long running workloads may go on", .default_json = "\"1m\"",
    },
    {
        .key = "node.lameduck.tag", .name = "tag", .kind = CLI_MAP, .value = "NAME=VALUE",
        .help = "All nodes that have this tag; one tag only", .max_items = 1,
    },
};

static const cli_example root_node_lameduck_examples[] = {
    {
        .command = "nex node lameduck NC4U... --delay 2m", .help = "Drain one node",
    },
    {
        .command = "nex node down --tag region=lab", .help = "Drain a region",
    },
};

static const cli_arg root_node_info_args[] = {
    {
        .name = "ID", .help = "Id of the node", .required = true,
    },
};

static const cli_flag root_node_info_flags[] = {
    {
        .key = "node.info.full", .name = "full", .kind = CLI_BOOL,
        .help = "Show the agents of the node", .default_json = "false",
    },
};

static const cli_example root_node_info_examples[] = {
    {
        .command = "nex node info NC4U... --full", .help = "A node and its agents",
    },
};

static const cli_flag root_node_list_flags[] = {
    {
        .key = "node.list.filter", .name = "filter", .kind = CLI_MAP, .value = "NAME=VALUE",
        .help = "Only nodes that have all of these tags",
    },
};

static const cli_example root_node_list_examples[] = {
    {
        .command = "nex node list", .help = "All nodes",
    },
    {
        .command = "nex node ls --filter region=lab --json",
        .help = "Those of one region, for a script",
    },
};

static const cli_flag root_node_up_flags[] = {
    {
        .key = "node.up.agents", .name = "agents", .kind = CLI_JSON, .value = "JSON",
        .help = "Nexlets to start and supervise. The flag takes a JSON array, or --agents.uri, "
                "--agents.argv and --agents.env once for each nexlet",
    },
    {
        .name = "agents.uri", .kind = CLI_TEXT, .flags = CLI_NO_KEY, .value = "URI",
        .help = "file:// or nats:// URI, or path, of the nexlet or of a directory of them",
    },
    {
        .name = "agents.argv", .kind = CLI_LIST, .flags = CLI_NO_KEY, .value = "ARG",
        .help = "Arguments of the nexlet",
    },
    {
        .name = "agents.env", .kind = CLI_MAP, .flags = CLI_SECRET | CLI_NO_KEY,
        .value = "NAME=VALUE", .help = "Environment of the nexlet",
    },
    {
        .key = "node.up.agent_restart_limit", .name = "agent-restart-limit", .kind = CLI_INT,
        .value = "N", .help = "How often a nexlet may be started anew before it is given up",
        .default_json = "3", .has_minimum = true, .minimum = 0,
    },
    {
        .key = "node.up.disable_native_start", .name = "disable-native-start", .kind = CLI_BOOL,
        .help = "Do not start the native nexlet", .default_json = "false",
    },
    {
        .key = "node.up.allow_remote_agent_registration", .name = "allow-remote-agent-registration",
        .kind = CLI_BOOL, .help = "Let nexlets on other machines register", .default_json = "false",
    },
    {
        .key = "node.up.show_workload_logs", .name = "show-workload-logs", .kind = CLI_BOOL,
        .help = "Show what workloads write in the node's log", .default_json = "false",
    },
    {
        .key = "node.up.nexus", .name = "nexus", .kind = CLI_TEXT, .value = "NAME",
        .help = "Nexus the node belongs to", .default_json = "\"nexus\"",
    },
    {
        .key = "node.up.node_name", .name = "node-name", .kind = CLI_TEXT, .value = "NAME",
        .help = "Name of the node", .default_text = "a random one",
    },
    {
        .key = "node.up.node_seed", .name = "node-seed", .kind = CLI_TEXT, .flags = CLI_SECRET,
        .value = "SEED", .help = "Seed of the server nkey (SN...) that is the identity of the node",
        .default_text = "a new one",
    },
    {
        .key = "node.up.node_xkey_seed", .name = "node-xkey-seed", .kind = CLI_TEXT,
        .flags = CLI_SECRET, .value = "SEED",
        .help = "Seed of the curve key (SX...) to which secrets are sealed",
        .default_text = "derived from the node's seed",
    },
    {
        .key = "node.up.resource_directory", .name = "resource-directory", .kind = CLI_TEXT,
        .flags = CLI_DIR, .value = "DIR",
        .help = "Directory below which the node keeps all local state",
        .default_text = "~/.config/nex",
    },
    {
        .key = "node.up.secrets_directory", .name = "secrets-directory", .kind = CLI_TEXT,
        .flags = CLI_DIR, .value = "DIR",
        .help = "Directory with a folder for each namespace and in it a file (mode 0600) for each "
                "secret://NAME",
        .default_text = "secrets, below the resource directory",
    },
    {
        .key = "node.up.tags", .name = "tags", .kind = CLI_MAP, .value = "NAME=VALUE",
        .help = "Tags of the node, for placing workloads; names that begin with \"nex.\" are "
                "reserved",
    },
    {
        .key = "node.up.state", .name = "state", .kind = CLI_TEXT, .value = "STORE",
        .help = "Where assignments are kept: kv is the NATS key-value bucket nex-NODE, nothing is "
                "memory only",
        .default_json = "\"\"", .choices = (const char *const[]){"", "kv", NULL},
    },
    {
        .key = "node.up.events", .name = "events", .kind = CLI_TEXT, .value = "TARGET",
        .help = "Where events go", .default_json = "\"nats\"",
        .choices = (const char *const[]){"nats", "logs", "none", "", NULL},
    },
    {
        .key = "node.up.events_compat", .name = "events-compat", .kind = CLI_BOOL,
        .help = "Publish events under the subjects of the Go reference too (events for event)",
        .default_json = "false",
    },
    {
        .key = "node.up.workload_metrics_interval", .name = "workload-metrics-interval",
        .kind = CLI_DURATION, .value = "DURATION",
        .help = "How often the figures of each native workload are published (processor, memory, "
                "processes, I/O, restarts); 0s: never",
        .default_json = "\"10s\"",
    },
    {
        .key = "node.up.workload_cgroup", .name = "workload-cgroup", .kind = CLI_TEXT,
        .value = "GROUP",
        .help = "Control group (cgroup v2) for native workloads and their monitors, if not the "
                "node's own: a path from the top of the tree, or, beginning with .., from the "
                "node's group; such as ../nex-workloads.service",
    },
    {
        .key = "node.up.artifact_cache_bytes", .name = "artifact-cache-bytes", .kind = CLI_INT,
        .value = "BYTES",
        .help = "Most bytes of the native nexlet's cache of artifacts; what was used longest ago "
                "goes first",
        .default_json = "1073741824", .has_minimum = true, .minimum = 1,
    },
    {
        .key = "node.up.auction_ttl", .name = "auction-ttl", .kind = CLI_DURATION,
        .value = "DURATION", .help = "How long a bid is valid", .default_json = "\"10s\"",
    },
    {
        .key = "node.up.keep_workloads", .name = "keep-workloads", .kind = CLI_BOOL,
        .help = "Leave workloads running when the node ends; the next one adopts them",
        .default_json = "false",
    },
    {
        .key = "node.up.inats", .name = "inats", .kind = CLI_BOOL,
        .help = "Run a NATS server of the node's own on 127.0.0.1", .default_json = "false",
    },
    {
        .key = "node.up.inats_config", .name = "inats-config", .kind = CLI_TEXT, .flags = CLI_FILE,
        .value = "FILE", .help = "Run a NATS server of the node's own with this configuration",
    },
    {
        .key = "node.up.issuer_signing_key", .name = "issuer-signing-key", .kind = CLI_TEXT,
        .flags = CLI_SECRET, .value = "SEED", .group = "Credentials for nexlets and workloads",
        .help = "Seed of the account signing key (SA...) that signs user JWTs",
    },
    {
        .key = "node.up.issuer_signing_key_root_account", .name = "issuer-signing-key-root-account",
        .kind = CLI_TEXT, .value = "KEY", .group = "Credentials for nexlets and workloads",
        .help = "Public key (A...) of the account the signing key belongs to",
    },
    {
        .key = "node.up.issuer_nkey", .name = "issuer-nkey", .kind = CLI_TEXT, .value = "KEY",
        .group = "Credentials for nexlets and workloads",
        .help = "Public user nkey (U...) to hand out",
    },
    {
        .key = "node.up.issuer_nkey_seed", .name = "issuer-nkey-seed", .kind = CLI_TEXT,
        .flags = CLI_SECRET, .value = "SEED", .group = "Credentials for nexlets and workloads",
        .help = "Seed of the user nkey (SU...)",
    },
    {
        .key = "node.up.issuer_nkey_share", .name = "issuer-nkey-share", .kind = CLI_BOOL,
        .group = "Credentials for nexlets and workloads",
        .help = "Hand the seed of the user nkey to remote nexlets and workloads too",
        .default_json = "false",
    },
    {
        .key = "node.up.workload_credentials_lifetime", .name = "workload-credentials-lifetime",
        .kind = CLI_DURATION, .value = "DURATION", .group = "Credentials for nexlets and workloads",
        .help = "How long the credentials of a workload are good, 10s to 24h; they are renewed at "
                "half of that",
        .default_json = "\"24h\"",
    },
};

static const cli_example root_node_up_examples[] = {
    {
        .command = "nex node up", .help = "A node on nats://127.0.0.1:4222 with the native nexlet",
    },
    {
        .command = "nex node up --inats", .help = "The same without a NATS server at hand",
    },
    {
        .command = "nex node up --node-seed SN... --state kv --tags region=lab",
        .help = "A node that keeps its identity and its workloads",
    },
    {
        .command = "nex --config /etc/nex/config.json --check node up",
        .help = "Show every setting and where it comes from",
    },
};

static const cli_command root_node_commands[] = {
    {
        .name = "up", .path = "node up", .summary = "Bring a node up",
        .help = "Starts a node and runs until it is told to end. It bids for workloads, hands "
                "them to its nexlets and keeps watch over them.",
        .json = "one log record a line", .connects = true, .flags = root_node_up_flags,
        .flag_count = 31, .examples = root_node_up_examples, .example_count = 4,
    },
    {
        .name = "list", .path = "node list", .aliases = (const char *const[]){"ls", NULL},
        .summary = "List running nodes", .help = "Lists the nodes of the nexus that answer.",
        .json = "array of NodePingResponse", .connects = true, .flags = root_node_list_flags,
        .flag_count = 1, .examples = root_node_list_examples, .example_count = 2,
    },
    {
        .name = "info", .path = "node info", .summary = "Show one node",
        .help = "Shows one node, with --full its agents too.", .json = "NodeInfoResponse",
        .connects = true, .args = root_node_info_args, .arg_count = 1,
        .flags = root_node_info_flags, .flag_count = 1, .examples = root_node_info_examples,
        .example_count = 1,
    },
    {
        .name = "lameduck", .path = "node lameduck", .aliases = (const char *const[]){"down", NULL},
        .summary = "Drain a node",
        .help = "Puts a node into lame duck mode: it takes no more work, lets running workloads "
                "go on for the delay, stops them and ends.",
        .json = "LameduckResponse; with --tag an array of them with node_id", .connects = true,
        .args = root_node_lameduck_args, .arg_count = 1, .flags = root_node_lameduck_flags,
        .flag_count = 3, .examples = root_node_lameduck_examples, .example_count = 2,
    },
};

static const cli_flag root_flags[] = {
    {
        .name = "config", .kind = CLI_TEXT, .flags = CLI_FILE | CLI_NO_KEY, .value = "FILE",
        .help = "Configuration file, instead of the first of ./nex.json, ./config.json, "
                "~/.config/nex/config.json and /etc/nex/config.json",
    },
    {
        .name = "version", .kind = CLI_BOOL, .flags = CLI_NO_KEY,
        .help = "Print version information",
    },
    {
        .name = "help", .short_name = 'h', .kind = CLI_BOOL, .flags = CLI_NO_KEY,
        .help = "Show help",
    },
    {
        .key = "namespace", .name = "namespace", .kind = CLI_TEXT, .value = "NS",
        .env = "NEX_NAMESPACE", .help = "Namespace that commands work in",
        .default_json = "\"system\"",
    },
    {
        .key = "check", .name = "check", .kind = CLI_BOOL,
        .help = "Print every setting and where it comes from, and do nothing",
        .default_json = "false",
    },
    {
        .key = "json", .name = "json", .kind = CLI_BOOL,
        .help = "Print results, and errors, as JSON", .default_json = "false",
    },
    {
        .key = "disable_upgrade_check", .name = "disable-upgrade-check", .kind = CLI_BOOL,
        .flags = CLI_NOOP, .env = "NEX_DISABLE_UPGRADE_CHECK",
        .help = "Does nothing here; accepted so that scripts written for the Go reference go on "
                "working",
        .default_json = "false",
    },
    {
        .key = "auto_upgrade", .name = "auto-upgrade", .kind = CLI_BOOL, .flags = CLI_NOOP,
        .env = "NEX_AUTO_UPGRADE",
        .help = "Does nothing here; accepted so that scripts written for the Go reference go on "
                "working",
        .default_json = "false",
    },
    {
        .key = "dev_mode", .name = "dev-mode", .kind = CLI_BOOL, .flags = CLI_NOOP,
        .help = "Does nothing here; accepted so that scripts written for the Go reference go on "
                "working",
        .default_json = "false",
    },
    {
        .key = "logger.target", .name = "logger.target", .kind = CLI_LIST, .value = "TARGET",
        .help = "Where the log goes", .default_json = "[\"std\"]",
        .choices = (const char *const[]){"std", "file", "nats", NULL},
    },
    {
        .key = "logger.level", .name = "logger.level", .short_name = 'l', .kind = CLI_TEXT,
        .value = "LEVEL", .help = "Least severe level that is written", .default_json = "\"info\"",
        .choices = (const char *const[]){"fatal", "error", "warn", "info", "debug", "trace", NULL},
    },
    {
        .key = "logger.color", .name = "logger.color", .kind = CLI_BOOL,
        .help = "Colour the levels", .default_json = "false",
    },
    {
        .key = "logger.short", .name = "logger.short", .kind = CLI_BOOL,
        .help = "Write levels with three letters", .default_json = "false",
    },
    {
        .key = "logger.timefmt", .name = "logger.timefmt", .kind = CLI_TEXT, .value = "FORMAT",
        .help = "How times are written", .default_json = "\"DateTime\"",
        .choices = (const char *const[]){"DateTime", "TimeOnly", "DateOnly", "Stamp", "RFC822", "RFC3339", NULL},
    },
    {
        .key = "logger.with_pid", .name = "logger.with-pid", .kind = CLI_BOOL,
        .help = "Write the process id", .default_json = "false",
    },
    {
        .key = "logger.group_on_right", .name = "logger.group-on-right", .kind = CLI_BOOL,
        .help = "Write the group at the end of the line", .default_json = "false",
    },
    {
        .key = "logger.line_info", .name = "logger.line-info", .kind = CLI_BOOL,
        .help = "Write source file and line", .default_json = "false",
    },
    {
        .key = "nats.context", .name = "nats.context", .kind = CLI_TEXT, .value = "NAME",
        .help = "NATS context of the nats command; goes before all others",
    },
    {
        .key = "nats.servers", .name = "nats.servers", .short_name = 's', .kind = CLI_LIST,
        .value = "URL", .help = "NATS servers",
        .default_text = "the selected NATS context, else nats://127.0.0.1:4222",
    },
    {
        .key = "nats.nkey", .name = "nats.nkey", .kind = CLI_TEXT, .flags = CLI_FILE,
        .value = "FILE", .help = "File that holds a user nkey seed",
    },
    {
        .key = "nats.seed", .name = "nats.seed", .kind = CLI_TEXT, .flags = CLI_SECRET,
        .value = "SEED", .help = "Seed of the user nkey (SU...), with --nats.jwt or alone",
    },
    {
        .key = "nats.jwt", .name = "nats.jwt", .kind = CLI_TEXT, .flags = CLI_SECRET,
        .value = "JWT", .help = "User JWT",
    },
    {
        .key = "nats.user", .name = "nats.user", .kind = CLI_TEXT, .value = "NAME",
        .help = "User name",
    },
    {
        .key = "nats.password", .name = "nats.password", .kind = CLI_TEXT, .flags = CLI_SECRET,
        .value = "TEXT", .help = "Password",
    },
    {
        .key = "nats.jsdomain", .name = "nats.jsdomain", .kind = CLI_TEXT, .value = "NAME",
        .help = "JetStream domain",
    },
    {
        .key = "nats.conn_name", .name = "nats.conn-name", .kind = CLI_TEXT, .value = "NAME",
        .help = "Name of the connection", .default_text = "nex-VERSION",
    },
    {
        .key = "nats.creds_file", .name = "nats.creds-file", .kind = CLI_TEXT, .flags = CLI_FILE,
        .value = "FILE", .help = "Credentials file",
    },
    {
        .key = "nats.timeout", .name = "nats.timeout", .kind = CLI_DURATION, .value = "DURATION",
        .help = "How long to wait for each single answer", .default_json = "\"5s\"",
    },
    {
        .key = "nats.tlscert", .name = "nats.tlscert", .kind = CLI_TEXT, .flags = CLI_FILE,
        .value = "FILE", .help = "Client certificate",
    },
    {
        .key = "nats.tlskey", .name = "nats.tlskey", .kind = CLI_TEXT, .flags = CLI_FILE,
        .value = "FILE", .help = "Private key of the client certificate",
    },
    {
        .key = "nats.tlsca", .name = "nats.tlsca", .kind = CLI_TEXT, .flags = CLI_FILE,
        .value = "FILE", .help = "Certificates of the trusted authorities",
    },
    {
        .key = "nats.tlsfirst", .name = "nats.tlsfirst", .kind = CLI_BOOL,
        .help = "TLS handshake before anything else", .default_json = "false",
    },
};

static const cli_example root_examples[] = {
    {
        .command = "nex node up", .help = "Run a node",
    },
    {
        .command = "nex workload start -f Nexfile", .help = "Start a workload",
    },
};

static const cli_command root_commands[] = {
    {
        .name = "node", .path = "node", .summary = "Nodes: run, list, inspect, drain",
        .help = "Nodes: run, list, inspect, drain", .commands = root_node_commands,
        .command_count = 4,
    },
    {
        .name = "workload", .path = "workload", .aliases = (const char *const[]){"workloads", NULL},
        .summary = "Workloads: start, list, stop, clone, watch",
        .help = "Workloads: start, list, stop, clone, watch", .commands = root_workload_commands,
        .command_count = 7,
    },
    {
        .name = "artifact", .path = "artifact", .summary = "Programs for workloads",
        .help = "Programs and files for workloads, kept in JetStream object stores. Start "
                "requests name them nats://BUCKET/NAME:TAG; each is the object NAME_TAG of its "
                "bucket.",
        .commands = root_artifact_commands, .command_count = 3,
    },
    {
        .name = "secret", .path = "secret", .summary = "Secrets for workloads",
        .help = "Secrets of a namespace, kept in JetStream and sealed to the nodes that may read "
                "them. Workloads name them secret://NAME.",
        .commands = root_secret_commands, .command_count = 3,
    },
    {
        .name = "schema", .path = "schema", .summary = "JSON Schemas", .help = "JSON Schemas",
        .commands = root_schema_commands, .command_count = 1,
    },
    {
        .name = "completion", .path = "completion", .summary = "Write a completion script",
        .help = "Writes a completion script for a shell to standard output.",
        .args = root_completion_args, .arg_count = 1, .examples = root_completion_examples,
        .example_count = 1,
    },
    {
        .name = "version", .path = "version", .summary = "Print version information",
        .help = "Print version information", .json = "an object: version, commit, build",
        .examples = root_version_examples, .example_count = 1,
    },
};

const cli_command cli_root = {
    .name = "nex", .path = "", .summary = "The NATS Execution Engine", .flags = root_flags,
    .flag_count = 32, .commands = root_commands, .command_count = 7, .examples = root_examples,
    .example_count = 2,
};
