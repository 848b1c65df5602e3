using System.Text.Json;
using System.Text.Json.Nodes;
using Threadwell.Plans;
using Threadwell.Trials.Validation;

namespace Threadwell.Cli.Tests.Schemas;

/// <summary>The schemas of result files say what the types that write them say, and the program's own files keep them.</summary>
public sealed class ResultSchemaTests(WholeWayTests.Planned planned) : IClassFixture<WholeWayTests.Planned>
{
    // Set to 1, the schemas are written from the types.
    private const string Write = "THREADWELL_WRITE_SCHEMAS";

    [Theory]
    [InlineData(typeof(PredictionDocument), "prediction", "Threadwell prediction", "The course of lift and support after a treatment, as predict writes it. Lengths are mm in the patient frame, forces N, times days; lists over time have one entry for each of timesDays.")]
    [InlineData(typeof(EnsembleSamples), "samples", "Threadwell samples", "The courses behind the bands of a prediction, as predict --samples writes them.")]
    [InlineData(typeof(LearnedDocument), "learned", "Threadwell learned", "What follow-up measurements taught of a patient, as update writes it.")]
    [InlineData(typeof(CauseDocument), "causes", "Threadwell causes", "What decides the result of a plan, as causes writes it.")]
    [InlineData(typeof(ProposalDocument), "proposals", "Threadwell proposals", "Plans for a wished lift within hard limits, as propose writes them. Lengths are mm in the patient frame.")]
    [InlineData(typeof(ValidationReport), "validation", "Threadwell validation", "The model held against published measurements, as validate writes it.")]
    public void A_schema_is_what_the_types_say_and_its_page_links_it(Type type, string name, string title, string description)
    {
        string file = name + ".schema.json", path = Path.Combine(SchemaCheck.Folder, file);
        string schema = ResultSchema.Of(type, file, title, description);
        if (Environment.GetEnvironmentVariable(Write) == "1")
        {
            File.WriteAllText(path, schema);
        }

        Assert.True(schema == File.ReadAllText(path), $"{file} is not what {type.Name} writes; {Write}=1 writes it anew.");
        Assert.Contains($"]({file})", File.ReadAllText(Path.Combine(SchemaCheck.Folder, (name == "learned" ? "samples" : name) + ".md")), StringComparison.Ordinal);
    }

    /// <summary>What the commands write keeps its schema; a member more, one less and one of another kind do not.</summary>
    [Fact]
    public void The_files_of_the_commands_keep_their_schemas()
    {
        using var folder = new TemporaryFolder();
        planned.CopyTo(folder);
        File.WriteAllText(folder["visits.json"], """{ "observations": [ { "day": 7, "landmark": "jowl.left", "positionMm": 0.9, "errorMm": 0.3 } ] }""");
        string plan = folder["plans/plan.json"];
        Done("predict", plan, "--months", "0.25", "--samples", "20", "--out", folder["prediction"]);
        Done("update", folder["prediction"], "--observations", folder["visits.json"], "--out", folder["learned"]);
        Done("propose", folder["patient/scan.glb"], "--landmarks", folder["patient/landmarks.json"], "--area", "brow", "--age", "52", "--sex", "female", "--laxity", "moderate", "--lift", "brow-peak.left=1", "--out", folder["proposals"]);
        Keeps("plan", plan);
        Keeps("prediction", folder["prediction/prediction.json"]);
        Keeps("samples", folder["prediction/samples.json"]);
        Keeps("learned", folder["learned/learned.json"]);
        Keeps("proposals", folder["proposals/proposals.json"]);
        string[] plans = Directory.GetFiles(folder["proposals"], "plan-*.json");
        Assert.NotEmpty(plans);
        Assert.All(plans, proposed => Keeps("plan", proposed));
    }

    /// <summary>The same of what decides a result, which takes longest.</summary>
    [Fact]
    public void The_file_of_causes_keeps_its_schema()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        using var folder = new TemporaryFolder();
        planned.CopyTo(folder);
        Done("causes", folder["plans/plan.json"], "--months", "0.25", "--samples", "20", "--out", folder["causes"]);
        Keeps("causes", folder["causes/causes.json"]);
    }

    /// <summary>The same of the list of targets, which takes minutes.</summary>
    [Fact]
    public void The_validation_file_keeps_its_schema()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        using var folder = new TemporaryFolder();
        CommandLineRun.Of("validate", "--samples", "0", "--out", folder["validation"]);
        Keeps("validation", folder["validation/validation.json"]);
    }

    private static void Done(params string[] arguments)
    {
        CommandLineRun run = CommandLineRun.Of(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private static void Keeps(string name, string path)
    {
        string schema = name + ".schema.json";
        JsonElement file = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
        Assert.Empty(SchemaCheck.Faults(schema, file));

        // In an object of every kind that stands in the file: a member that the schema lacks is a fault of it.
        foreach (object[] place in Objects(JsonNode.Parse(file.GetRawText())!, []))
        {
            JsonNode more = JsonNode.Parse(file.GetRawText())!;
            place.Aggregate(more, (node, step) => step is string member ? node[member]! : node[(int)step]!).AsObject().Add("unknown", 1);
            Assert.NotEmpty(SchemaCheck.Faults(schema, JsonSerializer.SerializeToElement(more)));
        }
    }

    private static IEnumerable<object[]> Objects(JsonNode node, object[] place) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null).SelectMany(member => Objects(member.Value!, [.. place, member.Key])).Prepend(place),
        JsonArray { Count: > 0 } items when items[0] is { } first => Objects(first, [.. place, 0]),
        _ => [],
    };
}
