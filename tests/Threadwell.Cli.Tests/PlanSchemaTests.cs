using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Threadwell.Anatomy;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Cli.Tests;

/// <summary>Holds <c>docs/formats/plan.schema.json</c> to the types that read a plan.</summary>
public class PlanSchemaTests
{
    private static readonly JsonSerializerOptions Read = new(PlanJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Docs(), "plan.schema.json"))).RootElement;

    [Theory]
    [InlineData(typeof(ThreadPlan), "")]
    [InlineData(typeof(ScanReference), "properties/scan")]
    [InlineData(typeof(PatientDescription), "properties/patient")]
    [InlineData(typeof(Landmark), "properties/landmarks/items")]
    [InlineData(typeof(LiftTarget), "properties/targets/items")]
    [InlineData(typeof(PlannedThread), "$defs/thread")]
    public void The_schema_names_the_members_that_are_read(Type type, string place)
    {
        JsonTypeInfo read = Read.GetTypeInfo(type);
        JsonElement described = At(place);
        Assert.Equal(
            read.Properties.Select(property => property.Name).Order(StringComparer.Ordinal),
            described.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            read.Properties.Where(property => property.IsRequired).Select(property => property.Name).Order(StringComparer.Ordinal),
            described.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(TreatmentArea), "properties/area")]
    [InlineData(typeof(AftercareAdherence), "properties/aftercare")]
    [InlineData(typeof(Sex), "properties/patient/properties/sex")]
    [InlineData(typeof(Laxity), "properties/patient/properties/laxity")]
    [InlineData(typeof(Biology.ThreadMaterial), "$defs/thread/properties/material")]
    [InlineData(typeof(BarbKind), "$defs/thread/properties/barbs")]
    [InlineData(typeof(BarbDirection), "$defs/thread/properties/direction")]
    [InlineData(typeof(AnchorKind), "$defs/thread/properties/anchor")]
    public void The_schema_names_the_words_that_are_read(Type words, string place) => Assert.Equal(
        Enum.GetValues(words).Cast<object>().Select(word => JsonSerializer.SerializeToElement(word, words, Read).GetString()).Order(StringComparer.Ordinal),
        At(place).GetProperty("enum").EnumerateArray().Select(word => word.GetString()).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("plan.md", typeof(ThreadPlan), typeof(PlannedThread))]
    [InlineData("prediction.md", typeof(PredictionDocument), typeof(PredictionSummary), typeof(ThreadCourse), typeof(LandmarkCourse), typeof(MeshFacts))]
    public void The_page_of_a_format_names_every_member(string page, params Type[] types)
    {
        string text = File.ReadAllText(Path.Combine(Docs(), page));
        foreach (JsonPropertyInfo member in types.SelectMany(type => Read.GetTypeInfo(type).Properties))
        {
            Assert.Contains("`" + member.Name, text, StringComparison.Ordinal);
        }
    }

    private static JsonElement At(string place) =>
        place.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(Schema, (element, name) => element.GetProperty(name));

    private static string Docs([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "formats"));
}
