using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Registry;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Patients;
using Threadwell.Web.Registry;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests.Registry;

public sealed class SqliteRegistryTests : RegistryTests
{
    private protected override Task<TestDatabase?> ServerAsync() => Task.FromResult<TestDatabase?>(null);
}

public sealed class PostgreSqlRegistryTests : RegistryTests
{
    // Each is a database of its own on the server: in the short tests, the one that counts most kinds of rows.
    private protected override async Task<TestDatabase?> ServerAsync()
    {
        bool isShort = TestContext.Current.TestMethod?.MethodName == nameof(Answers_count_by_their_first_and_gravest_level_and_the_clock_by_when_it_was_done);
        Assert.SkipUnless(isShort || Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        return await TestDatabase.PostgreSqlAsync();
    }
}

/// <summary>What the registry's page shows, counted from the record itself: published worked examples and small clinics made by hand, on each kind of database.</summary>
public abstract class RegistryTests : IAsyncLifetime
{
    private static readonly LocalDate Today = new(2026, 11, 27);
    private static readonly Instant Now = Today.At(new LocalTime(5, 0)).InUtc().ToInstant();

    // Months of remission under 6-mercaptopurine; true where it ended (E. J. Freireich and others, Blood 21 (1963) 699), here as months until half of the lift was lost.
    private static readonly (int Months, bool Happened)[] Freireich =
    [
        (6, true), (6, true), (6, true), (6, false), (7, true), (9, false), (10, true), (10, false), (11, false), (13, true), (16, true),
        (17, false), (19, false), (20, false), (22, true), (23, true), (25, false), (32, false), (32, false), (34, false), (35, false),
    ];

    private TestDatabase? server;
    private InProcessApp app = null!;
    private readonly ReadRows rows = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IDbContextFactory<ThreadwellContext> Databases => app.App.Services.GetRequiredService<IDbContextFactory<ThreadwellContext>>();

    public async ValueTask InitializeAsync()
    {
        server = await ServerAsync();
        app = await InProcessApp.StartAsync(
            services =>
            {
                services.ConfigureDbContext<ThreadwellContext>(context => context.AddInterceptors(rows));

                // What fails in a test is heard by it.
                services.AddLogging(logging => logging.AddFilter("Microsoft.EntityFrameworkCore.Query", LogLevel.None));
            },
            empty: true,
            database: server?.Connection);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

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
    public async Task The_rate_of_the_paper_comes_out_of_the_record()
    {
        // R. G. Newcombe, Stat. Med. 17 (1998) 857, Table I: 15 of 148.
        await WriteAsync(record =>
        {
            for (int index = 0; index < 148; index++)
            {
                Guid patient = record.Patient();
                Guid treatment = record.Treatment(patient, threads: 1);
                if (index < 15)
                {
                    record.Complication(patient, treatment, ComplicationKind.Infection);

                    // The same thing twice is one treatment with it.
                    record.Complication(patient, treatment, ComplicationKind.Infection);
                }
                else if (index < 30)
                {
                    record.Complication(patient, treatment, ComplicationKind.Swelling).StruckAt = Now;
                }
            }
        });
        ComplicationFigures figures = (await FiguresAsync())!.Complications;
        foreach (RateInterval rate in (RateInterval[])[figures.Kinds[0].Treatments, figures.Kinds.Single(row => row.Kind == ComplicationKind.Infection).Treatments, Assert.Single(figures.Materials.Rows).Rate, Assert.Single(figures.Lots.Rows).Rate])
        {
            Assert.Equal((15, 148), (rate.Events, rate.Of));
            Assert.Equal(0.0624, rate.Low, 0.00005);
            Assert.Equal(0.1605, rate.High, 0.00005);
        }

        Assert.DoesNotContain(figures.Kinds, row => row.Kind == ComplicationKind.Swelling);
        Assert.Equal(15 / 148d, (await FiguresAsync(new RegistryFilter { Severity = ComplicationSeverity.Moderate }))!.Complications.Kinds[0].Treatments.Rate, 12);
        Assert.Equal(0, (await FiguresAsync(new RegistryFilter { Severity = ComplicationSeverity.Severe }))!.Complications.Kinds[0].Treatments.Events);
        Assert.Equal(0, Assert.Single((await FiguresAsync(new RegistryFilter { Kind = ComplicationKind.Pain }))!.Complications.Areas.Rows).Rate.Events);
    }

    [Fact]
    public async Task Who_withdraws_is_counted_no_more_and_every_change_is_seen_at_once()
    {
        RegistryAhead ahead = app.App.Services.GetRequiredService<RegistryAhead>();
        Assert.False(await ahead.ReadAsync(Cancelled));
        Guid first = default;
        Guid firstTreatment = default;
        await WriteAsync(record =>
        {
            for (int index = 0; index < 12; index++)
            {
                Guid patient = record.Patient();
                Guid treatment = record.Treatment(patient);
                (first, firstTreatment) = index == 0 ? (patient, treatment) : (first, firstTreatment);
                record.Visit(patient, treatment, 0.5, 6);
                record.Visit(patient, treatment, 12, 5);
            }

            record.Treatment(record.Patient(consents: false));
            record.Treatment(record.Patient(demonstration: true));
            record.Treatment(record.Patient(), state: TreatmentState.Started);
        });
        Assert.True(await ahead.ReadAsync(Cancelled));
        RegistryContent before = await ReadAsync();
        Assert.Equal((12, 1), (before.Treatments.Count, before.LeftOut));
        Assert.Equal(0, (await FiguresAsync())!.HalfLift.All!.Events);

        await WriteAsync(record => record.Visit(first, firstTreatment, 11, 2));
        await WriteAsync(record => record.Complication(first, firstTreatment, ComplicationKind.Dimple));
        RegistryFigures seen = (await FiguresAsync())!;
        Assert.Equal(1, seen.HalfLift.All!.Events);
        Assert.Equal(1, seen.Complications.Kinds[0].Treatments.Events);

        await app.StoreAsync(async context => (await context.Consents.SingleAsync(consent => consent.PatientId == first, Cancelled)).WithdrawnAt = Now);
        RegistryContent after = await ReadAsync();
        Assert.Equal((11, 2), (after.Treatments.Count, after.LeftOut));
        Assert.DoesNotContain(after.Treatments, treatment => treatment.PatientId == first);
        RegistryFigures left = (await FiguresAsync())!;
        Assert.Equal((11, 0, 0), (left.Treatments, left.HalfLift.All!.Events, left.Complications.Kinds[0].Treatments.Events));

        // What was brought up to date by parts is what is read anew.
        await using ThreadwellContext context = await Databases.CreateDbContextAsync(Cancelled);
        Dictionary<Guid, RegistryPatient> anew = await RegistryReader.ReadAsync(context, DateTimeZone.Utc, null, Cancelled);
        Assert.Equal(13, anew.Count);
        Assert.Equal(11, anew.Values.Where(patient => patient.Consents).Sum(patient => patient.Treatments.Count));
        Assert.All(anew.Values.Where(patient => !patient.Consents), patient => Assert.Empty(patient.Treatments));

        // Who is not counted changes nothing of the list, by which everything that was judged of it is kept.
        await WriteAsync(record => record.Treatment(record.Patient(consents: false)));
        RegistryContent same = await ReadAsync();
        Assert.Equal(3, same.LeftOut);
        Assert.Same(after.Treatments, same.Treatments);
        await WriteAsync(record => record.Treatment(record.Patient()));
        Assert.Equal(12, (await ReadAsync()).Treatments.Count);
    }

    [Fact]
    public async Task Of_who_does_not_consent_nothing_is_read_but_that_she_is_left_out()
    {
        await WriteAsync(record => Courses(record, 12, consents: true));
        int before = await CountAsync();
        await WriteAsync(record => Courses(record, 7, consents: false));
        Assert.Equal(before + 7, await CountAsync());
        RegistryContent content = await ReadAsync();
        Assert.Equal((12, 7), (content.Treatments.Count, content.LeftOut));

        static void Courses(RegistryRecord record, int patients, bool consents)
        {
            for (int index = 0; index < patients; index++)
            {
                Guid patient = record.Patient(consents);
                Guid treatment = record.Treatment(patient);
                record.Visit(patient, treatment, 0.5, 6);
                record.Complication(patient, treatment, ComplicationKind.Dimple);
                record.Alarm(record.CheckIn(patient, treatment, "day3", 3, TriageLevel.Red), 5, 30);
                record.Life(patient, LifeEventKind.LostToFollowUp, 9);
                record.Care(patient, RegistryRecord.After(2));
            }
        }

        async Task<int> CountAsync()
        {
            await using ThreadwellContext context = await Databases.CreateDbContextAsync(Cancelled);
            rows.Count = 0;
            await RegistryReader.ReadAsync(context, DateTimeZone.Utc, null, Cancelled);
            return rows.Count;
        }
    }

    [Fact]
    public async Task What_is_read_ahead_is_not_read_again_and_what_was_changed_since_is()
    {
        Guid first = default;
        await WriteAsync(record =>
        {
            for (int index = 0; index < 12; index++)
            {
                first = record.Patient();
                record.Treatment(first);
            }
        });
        var log = new Log<RegistryAhead>();
        RegistryAhead ahead = Ahead(log);
        await ahead.ReadLaterAsync(Cancelled);
        RegistryContent content = await ViewAsync();
        Assert.Equal(12, content.Treatments.Count);
        Assert.True(rows.Count < 12, $"{rows.Count} rows were read again");
        await WriteAsync(record => record.Treatment(first, RegistryRecord.After(9)));
        await ahead.ReadLaterAsync(Cancelled);
        content = await ViewAsync();
        Assert.Equal(13, content.Treatments.Count);
        Assert.True(rows.Count < 12, $"{rows.Count} rows were read again");
        Assert.Empty(log.Faults);

        async Task<RegistryContent> ViewAsync()
        {
            DateTimeZone zone = await new ClinicTime(Databases, app.Clock).ZoneAsync(Cancelled);
            rows.Count = 0;
            return await app.App.Services.GetRequiredService<RegistryRows>().ReadAsync(zone, Cancelled);
        }
    }

    [Fact]
    public async Task A_fault_while_reading_ahead_is_logged_and_ends_nothing_and_no_end_of_the_program_is_a_fault()
    {
        var log = new Log<RegistryAhead>();
        await Ahead(log).ReadLaterAsync(new CancellationToken(canceled: true));
        Assert.Empty(log.Faults);
        await app.StoreAsync(context => context.Database.ExecuteSqlRawAsync("ALTER TABLE consents RENAME TO consents_elsewhere", Cancelled));
        await Ahead(log).ReadLaterAsync(Cancelled);
        Assert.IsType<DbException>(Assert.Single(log.Faults), exactMatch: false);
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

    [Fact]
    public async Task A_thread_that_was_struck_out_or_is_of_another_treatment_has_no_complication_and_neither_have_the_lots()
    {
        await WriteAsync(record =>
        {
            for (int index = 0; index < 12; index++)
            {
                record.Treatment(record.Patient(), threads: 2);
            }
        });
        await app.StoreAsync(async context =>
        {
            var record = new RegistryRecord(context);
            foreach (ImplantedThread thread in (await context.ImplantedThreads.ToListAsync(Cancelled)).Where(thread => thread.Number == 1))
            {
                thread.StruckAt = Now;
                record.Complication(thread.PatientId, thread.TreatmentId, ComplicationKind.ThreadExposure, thread: thread.Id);
            }

            ImplantedThread[] standing = [.. (await context.ImplantedThreads.ToListAsync(Cancelled)).Where(thread => thread.Number == 2).Take(2)];
            record.Complication(standing[0].PatientId, standing[0].TreatmentId, ComplicationKind.Dimple, thread: standing[1].Id);
        });
        ComplicationFigures figures = (await FiguresAsync())!.Complications;
        Assert.Equal((12, 12), (figures.Kinds[0].Treatments.Events, figures.Kinds[0].Treatments.Of));
        Assert.Equal((0, 12), (figures.Kinds[0].Threads.Events, figures.Kinds[0].Threads.Of));
        Assert.Equal([("A1", 0, 12)], figures.Lots.Rows.Select(row => (row.Group, row.Rate.Events, row.Rate.Of)));
    }

    [Fact]
    public async Task Answers_count_by_their_first_and_gravest_level_and_the_clock_by_when_it_was_done()
    {
        await WriteAsync(record =>
        {
            for (int index = 0; index < 20; index++)
            {
                Guid patient = record.Patient();
                Guid treatment = record.Treatment(patient);
                if (index < 16)
                {
                    StoredCheckIn told = record.CheckIn(patient, treatment, "day3", 3, index < 12 ? TriageLevel.Red : TriageLevel.Green, index == 15 ? TriageLevel.Amber : null);
                    record.CheckIn(patient, treatment, "day3", 4, TriageLevel.Green);
                    if (index < 12)
                    {
                        record.Alarm(told, index < 9 ? 5 + index : index == 9 ? 40 : null, index < 6 ? 30 : null);
                    }
                }

                if (index == 19)
                {
                    record.Life(patient, LifeEventKind.LostToFollowUp, 0);
                }
            }
        });
        AnswerFigures figures = (await FiguresAsync())!.Answers;
        AnswerRow row = figures.Rows.Single(answer => answer.CheckIn.Id == "day3");

        // The one who was lost on the first day is not asked any more.
        Assert.Equal((16, 19), (row.Answered.Events, row.Answered.Of));
        Assert.Equal([3, 1, 12, 0], row.Levels.Select(level => level.Events));
        Assert.Equal((0, 19), figures.Rows.Where(answer => answer.CheckIn.Id == "month3").Select(answer => (answer.Answered.Events, answer.Answered.Of)).Single());

        (TriageLevel level, IReadOnlyList<ClockRow> clock) = Assert.Single(figures.Clocks);
        Assert.Equal(TriageLevel.Red, level);
        ClockRow acknowledged = clock.Single(step => step.Step == "acknowledged");
        Assert.Equal((15, 9, 12), (acknowledged.WithinMinutes, acknowledged.InTime.Events, acknowledged.InTime.Of));
        Assert.Equal(10, acknowledged.MedianMinutes);
        ClockRow spoken = clock.Single(step => step.Step == "spoken");
        Assert.Equal((120, 6, 12), (spoken.WithinMinutes, spoken.InTime.Events, spoken.InTime.Of));
        Assert.Equal(30, spoken.MedianMinutes);
    }

    [Fact]
    public async Task Complications_are_counted_per_thread_and_by_the_lot_of_their_thread()
    {
        await WriteAsync(record =>
        {
            for (int index = 0; index < 20; index++)
            {
                Guid patient = record.Patient();
                record.Treatment(patient, lot: index < 10 ? "L-1" : "L-2", threads: 5, by: index < 10 ? record.Doctor : Guid.Parse("0193b000-0000-7000-8000-000000000001"));
            }
        });
        await app.StoreAsync(async context =>
        {
            ImplantedThread[] threads = [.. (await context.ImplantedThreads.ToListAsync(Cancelled)).Where(thread => thread.Lot == "L-1" && thread.Number == 1).Take(4)];
            var record = new RegistryRecord(context);
            foreach (ImplantedThread thread in threads)
            {
                record.Complication(thread.PatientId, thread.TreatmentId, ComplicationKind.ThreadExposure, thread: thread.Id);
                record.Complication(thread.PatientId, thread.TreatmentId, ComplicationKind.Infection, thread: thread.Id);
            }
        });
        ComplicationFigures figures = (await FiguresAsync())!.Complications;
        Assert.Equal((4, 100), (figures.Kinds[0].Threads.Events, figures.Kinds[0].Threads.Of));
        Assert.Equal((4, 20), (figures.Kinds[0].Treatments.Events, figures.Kinds[0].Treatments.Of));
        Assert.Equal([("L1", 4, 10), ("L2", 0, 10)], figures.Lots.Rows.Select(row => (row.Group, row.Rate.Events, row.Rate.Of)));
        Assert.Equal([4, 0], figures.Operators.Rows.Select(row => row.Rate.Events).OrderDescending());
    }

    private protected abstract Task<TestDatabase?> ServerAsync();

    private Task WriteAsync(Action<RegistryRecord> write) => app.StoreAsync(async context =>
    {
        var record = new RegistryRecord(context);
        record.AddFacility();
        write(record);
        await Task.CompletedTask;
    });

    private Task<RegistryContent> ReadAsync() => app.App.Services.GetRequiredService<RegistryRows>().ReadAsync(DateTimeZone.Utc, Cancelled);

    private RegistryAhead Ahead(Log<RegistryAhead> log) => new(Databases, app.App.Services.GetRequiredService<RegistryRows>(), app.Clock, new Hurried(), log);

    private async Task<RegistryFigures?> FiguresAsync(RegistryFilter? filter = null) => RegistryFigures.Of(RegistrySelection.Of((await ReadAsync()).Treatments, filter ?? new RegistryFilter()), Today, Now);

    // Counts rows that come from the database.
    private sealed class ReadRows : DbCommandInterceptor
    {
        public int Count { get; set; }

        public override InterceptionResult DataReaderClosing(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
        {
            Count += eventData.ReadCount;
            return result;
        }

        public override ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
        {
            Count += eventData.ReadCount;
            return ValueTask.FromResult(result);
        }
    }
}
