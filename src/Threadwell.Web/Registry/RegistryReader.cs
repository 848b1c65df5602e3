using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Registry;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Forms;

namespace Threadwell.Web.Registry;

/// <summary>A patient with treatments that a registry is made of.</summary>
/// <param name="Consents">Whether a consent to the registry stands.</param>
/// <param name="Treatments">Her signed, planned treatments in order; none where she does not consent: what is not counted is not read.</param>
internal sealed record RegistryPatient(bool Consents, IReadOnlyList<RegistryTreatment> Treatments);

/// <summary>Reads from the record what the registry counts, for all patients or for some. Made-up patients of the demonstration are left out.</summary>
internal sealed class RegistryReader
{
    private const double DaysOfMonth = 30.4375;

    private readonly ThreadwellContext database;
    private readonly DateTimeZone zone;
    private readonly Guid[]? taking;
    private readonly Dictionary<Guid, Course> courses = [];
    private readonly Dictionary<Guid, Person> people = [];
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    private RegistryReader(ThreadwellContext database, DateTimeZone zone, Guid[]? taking)
    {
        this.database = database;
        this.zone = zone;
        this.taking = taking;
    }

    /// <summary>Check-ins of the schedule that a patient answers, in order; the positions of <see cref="RegistryTreatment.Levels"/>.</summary>
    public static IReadOnlyList<ScheduledCheckIn> Schedule { get; } = [.. TriageFile.Shipped.Schedule.Where(item => item.Call != true)];

    private static readonly Dictionary<string, int> Positions = Schedule.Select((item, index) => (item.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="database">The record.</param>
    /// <param name="zone">The clinic's zone.</param>
    /// <param name="patients">Whom to read; null for all.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<Dictionary<Guid, RegistryPatient>> ReadAsync(ThreadwellContext database, DateTimeZone zone, Guid[]? patients, CancellationToken cancellation)
    {
        // Of a few, who takes part is asked once. Among all it is a part of each query, which reads everything in any case.
        Guid[]? consenting = patients is null ? null : await Consenting(database).Where(patient => patients.Contains(patient)).Distinct().ToArrayAsync(cancellation);
        var reader = new RegistryReader(database, zone, consenting);
        await reader.TreatmentsAsync(cancellation);
        if (reader.courses.Count > 0)
        {
            await reader.ThreadsAsync(cancellation);
            await reader.VisitsAsync(cancellation);
            await reader.CheckInsAsync(cancellation);
            await reader.ComplicationsAsync(cancellation);
            await reader.AlarmsAsync(cancellation);
            await reader.LivesAsync(cancellation);
        }

        // By a plan: who only came because of a complication is no patient of the registry.
        var read = reader.people.Where(person => person.Value.Courses.Count > 0).ToDictionary(person => person.Key, person => new RegistryPatient(Consents: true, person.Value.Treatments()));
        foreach (Guid patient in await LeftOutAsync(database, patients?.Except(consenting!).ToArray(), cancellation))
        {
            read[patient] = new RegistryPatient(Consents: false, []);
        }

        return read;
    }

    /// <summary>Patients who take part: those whose consent to the registry stands. Made-up ones never do.</summary>
    /// <param name="database">The record.</param>
    public static IQueryable<Guid> Consenting(ThreadwellContext database) =>
        from consent in database.Consents
        where consent.Kind == ConsentKind.Registry && consent.WithdrawnAt == null
        join patient in database.Patients on consent.PatientId equals patient.Id
        where !patient.IsDemonstration
        select patient.Id;

    /// <summary>Time between two days in months, to one decimal: as fine as an export tells it, so that both give the same figures.</summary>
    public static double Months(LocalDate from, LocalDate to) => Math.Round(Math.Max(0, Period.DaysBetween(from, to)) / DaysOfMonth, 1);

    private IQueryable<T> OfConsenting<T>(IQueryable<T> rows)
        where T : class
    {
        if (taking is not null)
        {
            return rows.AsNoTracking().Where(row => taking.Contains(EF.Property<Guid>(row, "PatientId")));
        }

        IQueryable<Guid> consenting = Consenting(database);
        return rows.AsNoTracking().Where(row => consenting.Contains(EF.Property<Guid>(row, "PatientId")));
    }

    // Each row of an answer brings its own copy of the same few texts.
    private string Once(string text) => texts.TryGetValue(text, out string? known) ? known : texts[text] = text;

    private async Task TreatmentsAsync(CancellationToken cancellation)
    {
        var rows = (
            from treatment in OfConsenting(database.Treatments)
            where treatment.State == TreatmentState.Ended
            join patient in database.Patients on treatment.PatientId equals patient.Id
            select new { treatment.Id, treatment.PatientId, treatment.Kind, treatment.Day, treatment.OperatorId, treatment.FacilityId, patient.BirthDate, patient.Sex }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (!people.TryGetValue(row.PatientId, out Person? person))
            {
                people[row.PatientId] = person = new Person(row.PatientId, row.Sex, zone);
            }

            // Whoever came for any treatment was heard from.
            person.Hear(row.Day);
            if (row.Kind == TreatmentKind.Planned)
            {
                var course = new Course(row.Day, Once(AgeBands.Of(ClinicDates.Age(row.BirthDate, row.Day))), Once(row.OperatorId.ToString()), Once(row.FacilityId.ToString()));
                person.Courses.Add(course);
                courses[row.Id] = course;
            }
        }
    }

    // Of who does not take part nothing is read but that there is somebody.
    private static Task<List<Guid>> LeftOutAsync(ThreadwellContext database, Guid[]? others, CancellationToken cancellation)
    {
        IQueryable<Guid> consenting = Consenting(database);
        IQueryable<Patient> patients = others is null ? database.Patients.Where(patient => !consenting.Contains(patient.Id)) : database.Patients.Where(patient => others.Contains(patient.Id));
        return (
            from patient in patients
            where !patient.IsDemonstration
            join treatment in database.Treatments on patient.Id equals treatment.PatientId
            where treatment.State == TreatmentState.Ended && treatment.Kind == TreatmentKind.Planned
            select patient.Id).Distinct().ToListAsync(cancellation);
    }

    private async Task ThreadsAsync(CancellationToken cancellation)
    {
        var rows = OfConsenting(database.ImplantedThreads).Where(thread => thread.StruckAt == null)
            .GroupBy(thread => new { thread.TreatmentId, thread.Material, thread.Area, thread.LotKey })
            .Select(group => new { group.Key.TreatmentId, group.Key.Material, group.Key.Area, group.Key.LotKey, Count = group.Count() }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (courses.TryGetValue(row.TreatmentId, out Course? course))
            {
                course.Threads += row.Count;
                course.Materials.Add(Once(row.Material));
                course.Areas.Add(row.Area);
                course.Lots.Add(Once(row.LotKey));
            }
        }
    }

    private async Task VisitsAsync(CancellationToken cancellation)
    {
        var rows = OfConsenting(database.FollowUpVisits).Where(visit => visit.StruckAt == null).Select(visit => new { visit.PatientId, visit.TreatmentId, visit.Day, visit.LiftMm }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (people.TryGetValue(row.PatientId, out Person? person))
            {
                person.Hear(row.Day);
                if (row.LiftMm is { } lift && courses.TryGetValue(row.TreatmentId, out Course? course) && row.Day >= course.Day)
                {
                    course.Lifts.Add((row.Day, lift));
                }
            }
        }
    }

    private async Task CheckInsAsync(CancellationToken cancellation)
    {
        var rows = OfConsenting(database.CheckIns).Select(row => new { row.PatientId, row.TreatmentId, row.ScheduledId, row.ArrivedAt, row.Level, row.PhoneLevel }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (people.TryGetValue(row.PatientId, out Person? person))
            {
                person.Hear(row.ArrivedAt);
                if (courses.TryGetValue(row.TreatmentId, out Course? course) && Positions.TryGetValue(row.ScheduledId, out int position))
                {
                    course.Answer(position, row.ArrivedAt, row.PhoneLevel is { } phone && phone > row.Level ? phone : row.Level);
                }
            }
        }
    }

    private async Task ComplicationsAsync(CancellationToken cancellation)
    {
        var rows = await (
            from complication in OfConsenting(database.Complications)
            where complication.StruckAt == null && complication.TreatmentId != null
            join thread in database.ImplantedThreads.Where(thread => thread.StruckAt == null)
                on new { Thread = complication.ThreadId, Treatment = complication.TreatmentId } equals new { Thread = (Guid?)thread.Id, Treatment = (Guid?)thread.TreatmentId } into threads
            from thread in threads.DefaultIfEmpty()
            orderby complication.Onset, complication.Id
            select new { Treatment = complication.TreatmentId!.Value, complication.Kind, complication.Severity, complication.Onset, ThreadId = (Guid?)thread.Id, LotKey = (string?)thread.LotKey, NamesThread = complication.ThreadId != null }).ToListAsync(cancellation);
        foreach (var row in rows)
        {
            if (courses.TryGetValue(row.Treatment, out Course? course))
            {
                course.Complications.Add(new(row.Kind, row.Severity, Months(course.Day, row.Onset), row.ThreadId, row.LotKey, row.NamesThread));
            }
        }
    }

    private async Task AlarmsAsync(CancellationToken cancellation)
    {
        var rows = await OfConsenting(database.CareTasks).Where(task => task.Kind == CareTaskKind.CheckIn && task.Level >= TriageLevel.Red && task.TreatmentId != null)
            .Select(task => new { Treatment = task.TreatmentId!.Value, task.Level, task.OpenedAt, task.AcknowledgedAt, task.ContactedAt }).ToListAsync(cancellation);
        foreach (var row in rows)
        {
            if (courses.TryGetValue(row.Treatment, out Course? course))
            {
                course.Alarms.Add(new(row.Level, row.OpenedAt, row.AcknowledgedAt, row.ContactedAt));
            }
        }
    }

    private async Task LivesAsync(CancellationToken cancellation)
    {
        LifeEventKind[] kinds = [LifeEventKind.Death, LifeEventKind.LostToFollowUp, LifeEventKind.OtherLift];
        foreach (var row in await OfConsenting(database.LifeEvents).Where(life => life.StruckAt == null && kinds.Contains(life.Kind)).Select(life => new { life.PatientId, life.Kind, life.Day }).ToListAsync(cancellation))
        {
            if (people.TryGetValue(row.PatientId, out Person? person))
            {
                person.Lives.Add((row.Kind, row.Day));
            }
        }
    }

    // A patient while she is read.
    private sealed class Person(Guid id, Sex sex, DateTimeZone zone)
    {
        private LocalDate heard = LocalDate.MinIsoValue;
        private Instant? told;

        public Guid Id { get; } = id;

        public Sex Sex { get; } = sex;

        public List<Course> Courses { get; } = [];

        public List<(LifeEventKind Kind, LocalDate Day)> Lives { get; } = [];

        public void Hear(LocalDate day) => heard = LocalDate.Max(heard, day);

        public void Hear(Instant at) => told = told is { } earlier && earlier > at ? earlier : at;

        public IReadOnlyList<RegistryTreatment> Treatments()
        {
            if (told is { } last)
            {
                Hear(last.InZone(zone).Date);
            }

            Course[] ordered = [.. Courses.OrderBy(course => course.Day)];
            return [.. ordered.Select(course => Treatment(course, ordered.Where(other => other.Day > course.Day && other.Areas.Overlaps(course.Areas)).Select(other => (LocalDate?)other.Day).FirstOrDefault()))];
        }

        private RegistryTreatment Treatment(Course course, LocalDate? again)
        {
            LocalDate? died = First(LifeEventKind.Death, course.Day);
            LocalDate? elsewhere = First(LifeEventKind.OtherLift, course.Day);
            LocalDate? lost = First(LifeEventKind.LostToFollowUp, LocalDate.Max(course.Day, heard));

            // Another lift of the area ends what can be said of this one.
            LocalDate? ended = again is null ? elsewhere : elsewhere is null ? again : LocalDate.Min(again.Value, elsewhere.Value);
            LocalDate seen = LocalDate.Min(died ?? heard, elsewhere ?? heard);
            (TimeToEvent? half, bool withoutLift) = HalfLift(course, ended);
            return new RegistryTreatment
            {
                PatientId = Id,
                Day = course.Day,
                Material = Single(course.Materials),
                Area = Single(course.Areas.Select(area => area.ToString())),
                Operator = course.Operator,
                Facility = course.Facility,
                Age = course.Age,
                Sex = Sex,
                Threads = course.Threads,
                Lots = [.. course.Lots.Order(StringComparer.Ordinal)],
                HalfLift = half,
                IsWithoutLift = withoutLift,
                Retreatment = again is { } next && (elsewhere is null || next <= elsewhere) ? new(Months(course.Day, next), Happened: true) : new(Months(course.Day, LocalDate.Min(seen, heard)), Happened: false),
                LostOn = lost,
                DiedOn = died,
                Complications = [.. course.Complications],
                Levels = course.Levels,
                Alarms = [.. course.Alarms],
            };
        }

        private LocalDate? First(LifeEventKind kind, LocalDate from) =>
            Lives.Where(life => life.Kind == kind && life.Day >= from).Select(life => (LocalDate?)life.Day).Min();

        // The loss lies between two visits: it counts at the visit that found it. Who was not measured again is followed until her last measurement. Nobody's lift can be seen to be lost before it was first measured.
        private static (TimeToEvent? Time, bool WithoutLift) HalfLift(Course course, LocalDate? ended)
        {
            (LocalDate Day, double Lift)[] measured = [.. course.Lifts.Where(visit => ended is null || visit.Day < ended).OrderBy(visit => visit.Day)];
            if (measured.Length == 0)
            {
                return (null, false);
            }

            double first = measured[0].Lift;
            if (first <= 0)
            {
                return (null, true);
            }

            double from = Months(course.Day, measured[0].Day);
            foreach ((LocalDate day, double lift) in measured.AsSpan(1))
            {
                if (lift <= first / 2)
                {
                    return (new(Months(course.Day, day), Happened: true, from), false);
                }
            }

            return (new(Months(course.Day, measured[^1].Day), Happened: false, from), false);
        }

        private static string Single(IEnumerable<string> values) => values.ToArray() switch { [] => RegistryTreatment.None, [var only] => only, _ => RegistryTreatment.Several };
    }

    // A treatment while it is read.
    private sealed class Course(LocalDate day, string age, string treatedBy, string facility)
    {
        private readonly Instant[] answeredAt = new Instant[Schedule.Count];

        public LocalDate Day { get; } = day;

        public string Age { get; } = age;

        public string Operator { get; } = treatedBy;

        public string Facility { get; } = facility;

        public int Threads { get; set; }

        public HashSet<string> Materials { get; } = new(StringComparer.Ordinal);

        public HashSet<TreatmentArea> Areas { get; } = [];

        public HashSet<string> Lots { get; } = new(StringComparer.Ordinal);

        public List<(LocalDate Day, double Lift)> Lifts { get; } = [];

        public List<RegistryComplication> Complications { get; } = [];

        public List<RegistryAlarm> Alarms { get; } = [];

        public byte[] Levels { get; } = Enumerable.Repeat(RegistryTreatment.NotAnswered, Schedule.Count).ToArray();

        public void Answer(int position, Instant at, TriageLevel level)
        {
            if (Levels[position] == RegistryTreatment.NotAnswered || at < answeredAt[position])
            {
                (Levels[position], answeredAt[position]) = ((byte)level, at);
            }
        }
    }
}
