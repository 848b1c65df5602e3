using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Patients;
using Threadwell.Web.Registry;

namespace Threadwell.Web.Tests.Registry;

/// <summary>What is read of the record, of whom nothing is, and what is read ahead.</summary>
public abstract partial class RegistryTests
{
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
}
