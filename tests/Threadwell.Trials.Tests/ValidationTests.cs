using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Threadwell.Evidence;
using Threadwell.Plans.Files;
using Threadwell.Trials.Validation;

namespace Threadwell.Trials.Tests;

/// <summary>The model beside published measurements: targets can be run, and the docs say what comes out.</summary>
public sealed class ValidationTests
{
    public static TheoryData<string> Targets => [.. ValidationTargets.All.Select(target => target.Id)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_can_be_run_and_names_its_sources_and_what_it_set(string id)
    {
        ValidationTarget target = Of(id);
        if (target.Use != ValidationUse.DataEntry)
        {
            TrialFile.Check(target.Trial, id);
        }

        Assert.Empty(target.Sources.Except(EvidenceCatalogue.Rows.Select(row => row.Id)));
        Assert.All(target.FittedFacts, name => Assert.Equal(name, EvidenceCatalogue.Get(name).Name));
        Assert.NotEmpty(target.Sources);
        Assert.All(target.Values, value => Assert.True(value.Low is not null || value.High is not null));
    }

    [Fact]
    public void No_more_numbers_are_fitted_than_targets_count()
    {
        string[] fitted = [.. ValidationTargets.All.SelectMany(target => target.FittedFacts).Where(name => EvidenceCatalogue.Get(name).Grade == EvidenceGrade.Assumption).Distinct()];
        Assert.True(fitted.Length <= ValidationTargets.All.Count(target => target.Use == ValidationUse.Counted), string.Join(", ", fitted));
    }

    [Fact]
    public void Every_statement_for_the_validation_is_cited_by_a_target()
    {
        string[] cited = [.. ValidationTargets.All.SelectMany(target => target.Sources.Append(target.LeftOut?.By ?? "").Append(target.Remark))];
        Assert.All(EvidenceCatalogue.Statements.Where(row => row.Topic == "validation"), row => Assert.Contains(cited, text => text.Contains(row.Id, StringComparison.Ordinal)));
    }

    // Those with patients take minutes.
    [Theory]
    [MemberData(nameof(Targets))]
    public void The_docs_say_what_comes_out(string id)
    {
        ValidationTarget target = Of(id);
        Assert.SkipWhen(target.Trial.Arms.Count > 0 && Environment.GetEnvironmentVariable("THREADWELL_LONG") != "1", "long");
        ValidationOutcome outcome = Validator.Hold(target, FactValues.Catalogue, threads: 2, progress: null, TestContext.Current.CancellationToken);
        string said = (outcome.Use, outcome.Passed) switch { (ValidationUse.Shown, _) => "shown only", (ValidationUse.DataEntry, true) => "entered as published", (ValidationUse.Independent, true) => "met, not counted", (_, true) => "met", _ => "not met" };
        string row = Assert.Single(File.ReadAllLines(Path.Combine(Docs(), "validation.md")), line => line.StartsWith($"| {id} |", StringComparison.Ordinal) && line.Count(mark => mark == '|') == 6);
        Assert.EndsWith($"| {said} |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_outside_its_range_fails_its_target_and_the_count()
    {
        ValidationOutcome outcome = Validator.Hold(Of("V-01"), FactValues.Catalogue.With([new("pdo.strength.weibull-scale", 35)]), threads: 2, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal((false, true, false), (outcome.Passed, outcome.Values[0].Passed, outcome.Values[1].Passed));
        var report = new ValidationReport { ModelVersion = "x", Targets = [outcome, outcome with { Use = ValidationUse.Independent }] };
        Assert.Equal((0, 1, 0, 2), (report.Passed, report.Failed, report.FittedFacts, report.DerivedFacts));
    }

    [Fact]
    public void The_page_of_the_format_names_every_member()
    {
        var options = new JsonSerializerOptions(PlanJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        string page = File.ReadAllText(Path.Combine(Docs(), "formats", "validation.md"));
        foreach (JsonPropertyInfo member in ((Type[])[typeof(ValidationReport), typeof(ValidationOutcome), typeof(ValidationValue)]).SelectMany(type => options.GetTypeInfo(type).Properties))
        {
            Assert.Contains("`" + member.Name + "`", page, StringComparison.Ordinal);
        }
    }

    private static ValidationTarget Of(string id) => ValidationTargets.All.Single(target => target.Id == id);

    private static string Docs([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs"));
}
