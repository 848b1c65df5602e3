using System.Globalization;
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
    public void A_bench_has_the_band_of_its_draws_whatever_the_threads()
    {
        ValidationOutcome one = Hold(Of("V-01"), threads: 1, samples: 64), two = Hold(Of("V-01"), threads: 2, samples: 64), none = Hold(Of("V-01"), threads: 2, samples: 0);
        Assert.Equal(PlanJson.ToBytes(one), PlanJson.ToBytes(two));
        Assert.Equal((64, 0, 0), (one.Draws, one.FailedDraws, none.Draws));
        Assert.Equal(none.Values.Select(value => value.Model), one.Values.Select(value => value.Model));
        Assert.All(one.Values, value => Assert.True(value.BandLow < value.Model && value.Model < value.BandHigh, $"{value.BandLow} {value.Model} {value.BandHigh}"));
        Assert.All(none.Values, value => Assert.True(value is { BandLow: null, BandHigh: null, Overlaps: null }));

        // PDO's strength is known to some per cent (E-003): the band is no wider than a few tenths, and no line either.
        Assert.All(one.Values, value => Assert.InRange(value.BandHigh!.Value - value.BandLow!.Value, 0.01, 0.5));
    }

    [Fact]
    public void What_holds_for_rats_is_drawn_too_and_a_published_number_is_not()
    {
        ValidationOutcome rats = Hold(Of("V-12"), threads: 2, samples: 32);
        Assert.All(rats.Values.Skip(1), value => Assert.True(value.BandHigh - value.BandLow > 0.02, $"{value.What}: {value.BandLow} to {value.BandHigh}"));
        Assert.Equal(0, Hold(Of("V-24"), threads: 2, samples: 32).Draws);
    }

    [Fact]
    public void Patients_have_the_band_of_their_mean_whatever_the_threads()
    {
        ValidationTarget target = Of("V-15");
        TrialArm arm = target.Trial.Arms[0];
        ValidationTarget small = target with
        {
            Trial = target.Trial with { Arms = [arm with { Cohort = arm.Cohort with { Patients = 2 }, VisitsMonths = [0, 1], EdgeLengthMm = 10 }] },
            Values = [target.Values[0]],
        };
        ValidationOutcome two = Hold(small, threads: 2, samples: 20);

        // In short some draws on one thread and on two stand for all of them.
        if (Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1")
        {
            Assert.Equal(PlanJson.ToBytes(Hold(small, threads: 1, samples: 20)), PlanJson.ToBytes(two));
        }
        else
        {
            Assert.Equal(Drawn(small.Trial, threads: 1), Drawn(small.Trial, threads: 2));
        }

        Assert.Equal(20, two.Draws + two.FailedDraws);
        ValidationValue value = Assert.Single(two.Values);
        Assert.True(value.BandLow < value.Model + 0.05 && value.BandHigh > value.Model - 0.05, $"{value.BandLow} {value.Model} {value.BandHigh}");
        Assert.True(value.BandHigh - value.BandLow > 0.005);
    }

    // Elasticity needs no equilibrium of the face: a draw is computed on the mesh of the single course, and one of the catalogue's values is that course.
    [Fact]
    public void Elasticity_of_patients_has_a_band_whatever_the_threads()
    {
        ValidationTarget target = Of("V-25");
        ValidationTarget small = target with { Trial = target.Trial with { Arms = [.. target.Trial.Arms.Select(arm => arm with { Cohort = arm.Cohort with { Patients = 1 }, EdgeLengthMm = 10 })] } };
        ValidationOutcome one = Hold(small, threads: 1, samples: 20), two = Hold(small, threads: 2, samples: 20);
        Assert.Equal(PlanJson.ToBytes(one), PlanJson.ToBytes(two));
        Assert.Equal((20, 0), (one.Draws, one.FailedDraws));
        Assert.All(one.Values, value => Assert.True(value.BandHigh - value.BandLow > 0.01, $"{value.What}: {value.BandLow} to {value.BandHigh}"));

        ArmOutcome undrawn = ArmRun.Run(small.Trial.Arms[1], FactValues.Catalogue, draws: 1, (_, _) => FactValues.Catalogue, threads: 2, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(undrawn.Rows.Select(row => row.Mean), undrawn.Drawn[0]!.Select(row => row.Mean));
    }

    [Theory]
    [InlineData(0.5, 0.7, 0.6, 0.9, true)]
    [InlineData(0.5, 0.7, 0.7, 0.9, true)]
    [InlineData(0.5, 0.7, 0.71, 0.9, false)]
    [InlineData(0.5, 0.7, 0.1, 0.49, false)]
    [InlineData(1.05, null, 0.9, 1.1, true)]
    [InlineData(1.05, null, 0.9, 1.04, false)]
    [InlineData(null, 2.0, 2.1, 3.0, false)]
    public void A_band_overlaps_a_range_where_they_have_a_value_in_common(double? low, double? high, double bandLow, double bandHigh, bool overlaps) =>
        Assert.Equal(overlaps, new ValidationValue { What = "x", Low = low, High = high, Unit = "1", Model = 1, Passed = null, BandLow = bandLow, BandHigh = bandHigh }.Overlaps);

    [Fact]
    public void Patients_and_pulls_get_a_part_of_the_draws_and_never_too_few()
    {
        Assert.Equal((1024, 32, 32), (DrawnTrial.Draws(Of("V-01").Trial, 1024), DrawnTrial.Draws(Of("V-15").Trial, 1024), DrawnTrial.Draws(Of("V-08").Trial, 1024)));
        Assert.Equal((20, 20, 0), (DrawnTrial.Draws(Of("V-01").Trial, 20), DrawnTrial.Draws(Of("V-15").Trial, 20), DrawnTrial.Draws(Of("V-15").Trial, 0)));
    }

    // Of whatever else is read off a course a draw would have the single course's value, and a band of no width.
    [Fact]
    public void What_cannot_be_computed_again_has_no_band()
    {
        Assert.Equal(
            ["Collagen", "Mass", "Strength"],
            Enum.GetValues<TrialEndpointKind>().Where(kind => !CourseReadings.IsVaried(kind)).Select(kind => kind.ToString()).Order(StringComparer.Ordinal));
        Trial trial = Of("V-25").Trial;
        Assert.Equal((32, 0), (DrawnTrial.Draws(trial, 1024), DrawnTrial.Draws(trial with { Arms = [trial.Arms[0] with { Endpoints = [new() { Kind = TrialEndpointKind.Mass }] }] }, 1024)));
    }

    [Fact]
    public void Every_target_that_is_computed_has_a_band() =>
        Assert.All(ValidationTargets.All, target => Assert.True(target.Use == ValidationUse.DataEntry || DrawnTrial.Draws(target.Trial, Validator.UsualSamples) >= 20, target.Id));

    // The bands that the docs tell of bench tests and of elasticity are those of the command. A number more in the catalogue makes other draws: a percentile of 1024 scatters by up to a twentieth of a skewed band's width, and three times that is allowed.
    [Theory]
    [InlineData("V-01")]
    [InlineData("V-03")]
    [InlineData("V-05")]
    [InlineData("V-07")]
    [InlineData("V-12")]
    [InlineData("V-14")]
    [InlineData("V-25")]
    public void The_docs_tell_the_bands(string id)
    {
        Assert.SkipWhen(Of(id).Trial.Arms.Count > 0 && Environment.GetEnvironmentVariable("THREADWELL_LONG") != "1", "long");
        string[][] rows = [.. File.ReadAllLines(Path.Combine(Docs(), "validation.md")).Where(line => line.StartsWith($"| {id} |", StringComparison.Ordinal) && line.Count(mark => mark == '|') == 7).Select(line => line.Split('|', StringSplitOptions.TrimEntries))];
        ValidationOutcome outcome = Hold(Of(id), threads: 2, samples: Validator.UsualSamples);
        Assert.Equal(outcome.Values.Select(value => value.What), rows.Select(row => row[2]));
        foreach ((ValidationValue value, string[] row) in outcome.Values.Zip(rows))
        {
            double[] band = [.. row[4].Split(" to ").Select(end => double.Parse(end, CultureInfo.InvariantCulture))];
            double scatter = 0.005 + (0.15 * (value.BandHigh!.Value - value.BandLow!.Value));
            Assert.Equal(value.Model.ToString("0.00", CultureInfo.InvariantCulture), row[3]);
            Assert.Equal(value.BandLow.Value, band[0], scatter);
            Assert.Equal(value.BandHigh.Value, band[1], scatter);
            Assert.Equal((value.Overlaps == true ? "overlap" : "apart", $"{outcome.Draws}"), (row[5], row[6]));
        }
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

    // The rows of the trial and of three draws of it.
    private static TrialRow[] Drawn(Trial trial, int threads)
    {
        (TrialResult result, TrialResult?[] drawn) = DrawnTrial.Run(trial, FactValues.Catalogue, draws: 3, threads, progress: null, TestContext.Current.CancellationToken);
        Assert.All(drawn, Assert.NotNull);
        return [.. result.Rows, .. drawn.SelectMany(one => one!.Rows)];
    }

    private static ValidationOutcome Hold(ValidationTarget target, int threads, int samples) => Validator.Hold(target, FactValues.Catalogue, threads, progress: null, TestContext.Current.CancellationToken, samples);

    private static ValidationTarget Of(string id) => ValidationTargets.All.Single(target => target.Id == id);

    private static string Docs([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs"));
}
