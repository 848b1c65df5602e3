using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Registry;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Outcomes;
using Threadwell.Web.Patients;
using Threadwell.Web.Registry;

namespace Threadwell.Web.Tests.Registry;

/// <summary>How long a lift lasts: the curve of the textbooks, who was lost, and where a curve ends.</summary>
public abstract partial class RegistryTests
{
    // Months of remission under 6-mercaptopurine; true where it ended (E. J. Freireich and others, Blood 21 (1963) 699), here as months until half of the lift was lost.
    private static readonly (int Months, bool Happened)[] Freireich =
    [
        (6, true), (6, true), (6, true), (6, false), (7, true), (9, false), (10, true), (10, false), (11, false), (13, true), (16, true),
        (17, false), (19, false), (20, false), (22, true), (23, true), (25, false), (32, false), (32, false), (34, false), (35, false),
    ];

    [Fact]
    public async Task The_curve_of_the_textbooks_comes_out_of_the_record()
    {
        await WriteAsync(record =>
        {
            foreach ((int months, bool happened) in Freireich)
            {
                Guid patient = record.Patient();
                Guid treatment = record.Treatment(patient);
                record.Visit(patient, treatment, 0.5, 8);
                record.Visit(patient, treatment, months, happened ? 4 : 4.1);
            }
        });
        RegistryContent content = await ReadAsync();
        SurvivalLine curve = RegistryFigures.Of(RegistrySelection.Of(content.Treatments, new RegistryFilter(), least: 1), Today, Now)!.HalfLift.All!;
        Assert.Equal((21, 9), (curve.Count, curve.Events));
        foreach ((double months, int atRisk, double without) in ((double, int, double)[])[(6, 21, 0.857), (7, 17, 0.807), (10, 15, 0.753), (13, 12, 0.690), (16, 11, 0.627), (22, 7, 0.538), (23, 6, 0.448)])
        {
            SurvivalPoint point = curve.At(months)!;
            Assert.Equal(atRisk, point.AtRisk);
            Assert.Equal(without, point.Without, 0.0005);
        }

        Assert.Equal((23, 13, null), curve.Median);

        // As the page shows it: no further than ten are followed, which hides the median.
        SurvivalLine shown = RegistryFigures.Of(RegistrySelection.Of(content.Treatments, new RegistryFilter()), Today, Now)!.HalfLift.All!;
        Assert.Equal(17, shown.Until);
        Assert.Null(shown.At(18));
        Assert.Equal(0.627, shown.At(17)!.Without, 0.0005);
        Assert.Equal((null, 13, null), shown.Median);
    }

    [Fact]
    public async Task The_lost_are_censored_and_another_lift_ends_what_can_be_said()
    {
        var patients = new List<Guid>();
        await WriteAsync(record =>
        {
            for (int index = 0; index < 11; index++)
            {
                Guid patient = record.Patient();
                patients.Add(patient);
                Guid treatment = record.Treatment(patient);
                record.Visit(patient, treatment, 1, index == 7 ? -0.4 : 8);
                record.Visit(patient, treatment, 6, 7);
                switch (index)
                {
                    case 0:
                        record.Life(patient, LifeEventKind.LostToFollowUp, 9);
                        break;
                    case 1:
                        // She came back: nobody is lost who was seen.
                        record.Life(patient, LifeEventKind.LostToFollowUp, 9);
                        record.Visit(patient, treatment, 12, 3);
                        break;
                    case 2:
                        record.Life(patient, LifeEventKind.OtherLift, 8);
                        record.Visit(patient, treatment, 12, 3);
                        break;
                    case 3:
                        record.Treatment(patient, RegistryRecord.After(8));
                        record.Visit(patient, treatment, 12, 3);
                        break;
                    case 4:
                        record.Treatment(patient, RegistryRecord.After(8), TreatmentArea.Brow);
                        break;
                    case 5:
                        record.Life(patient, LifeEventKind.Death, 7);
                        break;
                    case 6:
                        record.CheckIn(patient, treatment, "", 610, TriageLevel.Green);
                        break;
                    case 8:
                        // She came back, and was lost again.
                        record.Life(patient, LifeEventKind.LostToFollowUp, 3);
                        record.Life(patient, LifeEventKind.LostToFollowUp, 9);
                        break;
                    case 9:
                        // A visit that was entered by mistake is none.
                        record.Visit(patient, treatment, 12, 3).StruckAt = Now;
                        break;
                    case 10:
                        // She came because of a complication.
                        record.Life(patient, LifeEventKind.LostToFollowUp, 9);
                        record.Care(patient, RegistryRecord.After(12));
                        break;
                }
            }
        });
        IReadOnlyList<RegistryTreatment> treatments = (await ReadAsync()).Treatments;
        RegistryTreatment Of(int index) => treatments.First(treatment => treatment.PatientId == patients[index] && treatment.Day == RegistryRecord.First);

        Assert.Equal(new TimeToEvent(6, false, 1), Of(0).HalfLift);
        Assert.NotNull(Of(0).LostOn);
        Assert.Equal(new TimeToEvent(6, false), Of(0).Retreatment);
        Assert.Equal(new TimeToEvent(12, true, 1), Of(1).HalfLift);
        Assert.Null(Of(1).LostOn);
        Assert.Equal(new TimeToEvent(6, false, 1), Of(2).HalfLift);
        Assert.Equal(new TimeToEvent(8, false), Of(2).Retreatment);
        Assert.Equal(new TimeToEvent(6, false, 1), Of(3).HalfLift);
        Assert.Equal(new TimeToEvent(8, true), Of(3).Retreatment);
        Assert.Equal(new TimeToEvent(8, false), Of(4).Retreatment);
        Assert.NotNull(Of(5).DiedOn);
        Assert.Equal(new TimeToEvent(6, false), Of(5).Retreatment);
        Assert.Equal(new TimeToEvent(20, false), Of(6).Retreatment);
        Assert.Null(Of(7).HalfLift);
        Assert.True(Of(7).IsWithoutLift);
        Assert.Equal(RegistryRecord.After(9), Of(8).LostOn);
        Assert.Equal(new TimeToEvent(6, false, 1), Of(9).HalfLift);
        Assert.Equal(new TimeToEvent(6, false), Of(9).Retreatment);
        Assert.Null(Of(10).LostOn);
        Assert.DoesNotContain(treatments, treatment => treatment.Day == RegistryRecord.After(12));
        Assert.Equal(new TimeToEvent(12, false), Of(10).Retreatment);

        // The desk asks those to come who are not lost here.
        await using ThreadwellContext context = await Databases.CreateDbContextAsync(Cancelled);
        IReadOnlySet<Guid> gone = await LostPatients.AmongAsync(context, patients, DateTimeZone.Utc, Cancelled);
        Assert.All(Enumerable.Range(0, patients.Count), index => Assert.Equal(gone.Contains(patients[index]), Of(index).LostOn is not null || Of(index).DiedOn is not null));
    }

    [Fact]
    public async Task Who_is_first_measured_late_counts_from_then_on()
    {
        await WriteAsync(record =>
        {
            for (int index = 0; index < 20; index++)
            {
                Guid patient = record.Patient();
                Guid treatment = record.Treatment(patient);
                record.Visit(patient, treatment, index < 10 ? 0.5 : 3, 8);
                record.Visit(patient, treatment, index < 5 ? 2 : 12, index < 5 ? 3 : 8);
            }
        });
        IReadOnlyList<RegistryTreatment> treatments = (await ReadAsync()).Treatments;
        SurvivalLine all = RegistryFigures.Of(RegistrySelection.Of(treatments, new RegistryFilter(), least: 1), Today, Now)!.HalfLift.All!;

        // Five of the ten who were followed lost it. With the ten whom nobody had measured yet it would be five of twenty.
        SurvivalStep step = Assert.Single(all.Curve.Steps);
        Assert.Equal((2, 10, 5, 0.5), (step.Months, step.AtRisk, step.Events, step.Without));
        Assert.Equal((5, 0.5), (all.At(3)!.AtRisk, all.At(3)!.Without));
        Assert.Equal((15, 0.5), (all.At(6)!.AtRisk, all.At(6)!.Without));
        Assert.Equal(5, all.Events);

        // As the page shows it: where ten are followed, of those who had it then. Nobody lost it: not the same as to know that nobody does.
        SurvivalLine shown = RegistryFigures.Of(RegistrySelection.Of(treatments, new RegistryFilter()), Today, Now)!.HalfLift.All!;
        Assert.Equal((3, 12), (shown.From, shown.Until));
        Assert.Equal(0, shown.Events);
        Assert.Null(shown.At(3));
        RateInterval none = WilsonInterval.Of(15, 15);
        Assert.Equal(new SurvivalPoint(6, 15, 1, none.Low, 1), shown.At(6));
        Assert.True(none.Low < 0.8);
    }

    [Fact]
    public void A_curve_ends_where_too_few_patients_are_followed_however_often_they_were_treated()
    {
        TimeToEvent?[] times = [new(12, false), new(10, true), new(5, false), new(3, true)];
        var followed = new FollowedTimes([0, 0, 1, 2], row => times[row]);
        Assert.Equal(5, SurvivalLine.Of("", followed, _ => true, 2)!.Until);
        Assert.Equal(3, SurvivalLine.Of("", followed, _ => true, 3)!.Until);
        Assert.Null(SurvivalLine.Of("", followed, _ => true, 4));

        // Measured once, and so followed for no time.
        Assert.Null(SurvivalLine.Of("", new FollowedTimes([0, 1, 2], _ => new TimeToEvent(3, false, 3)), _ => true, 3));
    }
}
