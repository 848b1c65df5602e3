using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Threadwell.Care.Registry;
using Threadwell.Care.Triage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Registry;

namespace Threadwell.Web.Tests.Registry;

/// <summary>Rates, answers and complications.</summary>
public abstract partial class RegistryTests
{
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
}
