using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Threadwell.Geometry;
using Threadwell.Plans.Files;

namespace Threadwell.Trials.Tests;

/// <summary>Trial files: the examples and the schema fit the reader, and what cannot be run is refused at its place.</summary>
public sealed class TrialFileTests
{
    private static readonly JsonSerializerOptions Options = new(PlanJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static TheoryData<string> Examples => [.. Directory.GetFiles(Path.Combine(Docs(), "trials"), "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_can_be_read(string file) => Assert.NotEmpty(TrialFile.Read(Path.Combine(Docs(), "trials", file)).Name);

    [Fact]
    public void There_is_an_example_of_every_endpoint_and_set_up()
    {
        Trial[] trials = [.. Examples.Select(file => TrialFile.Read(Path.Combine(Docs(), "trials", file.Data)))];
        Assert.Equal(Enum.GetValues<TrialEndpointKind>(), trials.SelectMany(trial => trial.Arms).SelectMany(arm => arm.Endpoints).Select(endpoint => endpoint.Kind).Distinct().Order());
        Assert.Contains(trials, trial => trial.Threads.Count > 0);
        Assert.Contains(trials, trial => trial.Responses.Count > 0);
        Assert.Contains(trials, trial => trial.SuturePulls.Count > 0);
    }

    [Theory]
    [InlineData("name", "\"\"", "name")]
    [InlineData("schemaVersion", "2", "schemaVersion")]
    [InlineData("other", "1", "other")]
    [InlineData("facts", "{\"no.such\": 1}", "facts.no.such")]
    [InlineData("arms.0.cohort.patients", "0", "arms[0].cohort.patients")]
    [InlineData("arms.0.cohort.ageYears.low", "70", "arms[0].cohort.ageYears.high")]
    [InlineData("arms.0.cohort.ageYears.low", "12", "arms[0].cohort.ageYears.low")]
    [InlineData("arms.0.cohort.femaleShare", "1.5", "arms[0].cohort.femaleShare")]
    [InlineData("arms.0.cohort.laxity", "[\"severe\"]", "arms[0].cohort.laxity")]
    [InlineData("arms.0.cohort.laxity", "[]", "arms[0].cohort.laxity")]
    [InlineData("arms.0.protocol.area", "\"nose\"", "arms[0].protocol.area")]
    [InlineData("arms.0.protocol.threadsPerSide", "0", "arms[0].protocol.threadsPerSide")]
    [InlineData("arms.0.protocol.depthMm", "99", "arms[0].protocol.depthMm")]
    [InlineData("arms.0.protocol.pullN", "-1", "arms[0].protocol.pullN")]
    [InlineData("arms.0.visitsMonths", "[]", "arms[0].visitsMonths")]
    [InlineData("arms.0.visitsMonths", "[3, 1]", "arms[0].visitsMonths[1]")]
    [InlineData("arms.0.visitsMonths", "[0, 200]", "arms[0].visitsMonths[1]")]
    [InlineData("arms.0.endpoints", "[]", "arms[0].endpoints")]
    [InlineData("arms.0.endpoints.0.aboveMm", "1", "arms[0].endpoints[0].aboveMm")]
    [InlineData("arms.0.endpoints.0.kind", "\"shareAbove\"", "arms[0].endpoints[0].aboveMm")]
    [InlineData("arms.0.endpoints.0.kind", "\"happiness\"", "arms[0].endpoints[0].kind")]
    [InlineData("arms.0.edgeLengthMm", "0.1", "arms[0].edgeLengthMm")]
    [InlineData("threads", "[{\"name\": \"a\", \"material\": \"PDO\", \"diameterMm\": 0, \"days\": [1]}]", "threads[0].diameterMm")]
    [InlineData("threads", "[{\"name\": \"PDO\", \"material\": \"PDO\", \"diameterMm\": 0.3, \"days\": [1]}]", "threads[0].name")]
    [InlineData("responses", "[{\"name\": \"a\", \"material\": \"PDO\", \"diameterMm\": 0.3, \"strands\": 0, \"days\": [1]}]", "responses[0].strands")]
    public void What_cannot_be_run_is_refused_at_its_place(string member, string value, string place)
    {
        JsonNode trial = JsonNode.Parse(File.ReadAllText(Path.Combine(Docs(), "trials", "lift.json")))!;
        string[] steps = member.Split('.');
        JsonNode at = trial;
        foreach (string step in steps[..^1])
        {
            at = at is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        }

        at[steps[^1]] = JsonNode.Parse(value);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, trial.ToJsonString());
            Assert.Contains(place, Assert.Throws<InvalidInputException>(() => TrialFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_trial_of_nothing_is_refused()
    {
        Assert.Throws<InvalidInputException>(() => TrialFile.Check(new Trial { Name = "nothing" }, "trial.json"));
        var pull = new SuturePull { Name = "a", Material = Biology.ThreadMaterial.Plla, DiameterMm = 0.2, Barbs = Plans.BarbKind.None, Count = 4, SpacingMm = 8, ForcesN = [1], SkinMm = 1, SuperficialFatMm = 4, SmasMm = 2 };
        Assert.Contains("suturePulls[0].barbs", Assert.Throws<InvalidInputException>(() => TrialFile.Check(new Trial { Name = "smooth", SuturePulls = [pull] }, "trial.json")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(Trial), "")]
    [InlineData(typeof(TrialArm), "$defs/arm")]
    [InlineData(typeof(TrialCohort), "$defs/cohort")]
    [InlineData(typeof(TrialProtocol), "$defs/protocol")]
    [InlineData(typeof(TrialEndpoint), "$defs/endpoint")]
    [InlineData(typeof(ThreadBench), "$defs/thread")]
    [InlineData(typeof(ResponseBench), "$defs/response")]
    [InlineData(typeof(SuturePull), "$defs/suturePull")]
    public void The_schema_and_the_page_name_the_members_that_are_read(Type type, string place)
    {
        JsonTypeInfo read = Options.GetTypeInfo(type);
        JsonElement schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Docs(), "trial.schema.json"))).RootElement;
        JsonElement described = place.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(schema, (element, name) => element.GetProperty(name));
        Assert.Equal(read.Properties.Select(property => property.Name).Order(StringComparer.Ordinal), described.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            read.Properties.Where(property => property.IsRequired).Select(property => property.Name).Order(StringComparer.Ordinal),
            described.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal));
        string page = File.ReadAllText(Path.Combine(Docs(), "trial.md"));
        Assert.All(read.Properties, property => Assert.Contains("`" + property.Name + "`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_names_the_members_of_the_result()
    {
        string page = File.ReadAllText(Path.Combine(Docs(), "trial.md"));
        foreach (JsonPropertyInfo member in ((Type[])[typeof(TrialResult), typeof(TrialRow)]).SelectMany(type => Options.GetTypeInfo(type).Properties))
        {
            Assert.Contains("`" + member.Name + "`", page, StringComparison.Ordinal);
        }
    }

    private static string Docs([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "formats"));
}
