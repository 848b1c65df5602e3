using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Accounts;
using Threadwell.Web.Appointments;

namespace Threadwell.Web.Demonstration;

/// <summary>The demonstration's opening hours and a week of appointments from today on: visits, consultations, the treatment of tomorrow, and one to which nobody came.</summary>
internal static class DemonstrationAppointments
{
    private static readonly LocalTime Opens = new(8, 0);
    private static readonly LocalTime Noon = new(12, 0);
    private static readonly LocalTime Afternoon = new(13, 30);
    private static readonly LocalTime Closes = new(17, 30);

    /// <summary>Adds them to what is saved next; the patients and treatments are kept already.</summary>
    public static async Task AddAsync(ThreadwellContext database, DateTimeZone zone, Instant now, CancellationToken cancellation)
    {
        var hours = new List<ClinicHours>();
        for (int weekday = 1; weekday <= 6; weekday++)
        {
            hours.Add(Hours(weekday, Opens, Noon));
            if (weekday < 6)
            {
                hours.Add(Hours(weekday, Afternoon, Closes));
            }
        }

        LocalDate today = now.InZone(zone).Date;
        LocalDate newYear = new(today.Month == 1 ? today.Year : today.Year + 1, 1, 1);
        var closure = new ClinicClosure { Id = Guid.CreateVersion7(), FacilityId = DemonstrationClinic.FacilityId, Day = newYear, Why = "Tết Dương lịch" };
        database.AddRange(hours);
        database.Add(closure);
        var opening = new ClinicOpening(zone, hours, [closure]);
        string[] rooms = (await database.Facilities.Where(row => row.Id == DemonstrationClinic.FacilityId).Select(row => row.Rooms).SingleAsync(cancellation)).Split('\n');
        Dictionary<string, Guid> patients = await database.Patients.Where(row => row.IsDemonstration).ToDictionaryAsync(row => row.FullName, row => row.Id, cancellation);

        // The days on which the clinic is open, from today on.
        LocalDate[] open = [.. Enumerable.Range(0, 14).Select(today.PlusDays).Where(day => opening.On(day).Count > 0).Take(5)];
        if (open.Length == 0)
        {
            return;
        }

        Add("Lê Thị Hồng", AppointmentKind.Consultation, open[0], new(9, 0), 0, 30);
        Add("Phạm Văn Đức", AppointmentKind.Consultation, open[0], new(10, 30), 1, 30);
        Add("Bùi Thị Thuỷ", AppointmentKind.Consultation, open[1], new(8, 30), 0, 45);
        Add(DemonstrationPeople.WithAccount, AppointmentKind.Consultation, open[2], new(9, 30), 0, 30);
        Add("Nguyễn Thị Lan", AppointmentKind.Consultation, open[Math.Min(3, open.Length - 1)], new(11, 0), 1, 30);
        StoredTreatment? booked = await database.Treatments.FirstOrDefaultAsync(row => row.State == TreatmentState.Preparing && row.FacilityId == DemonstrationClinic.FacilityId, cancellation);
        if (booked is not null && opening.On(booked.Day).Count > 0)
        {
            AddFor(booked.PatientId, AppointmentKind.Treatment, booked.Day, new(10, 0), 0, 90, booked.Id);
        }

        // The last open day before today, to which a patient did not come.
        if (Enumerable.Range(1, 7).Select(back => today.PlusDays(-back)).FirstOrDefault(day => opening.On(day).Count > 0) is var missed && opening.On(missed).Count > 0)
        {
            Appointment gone = Add("Vũ Thị Nga", AppointmentKind.Consultation, missed, new(10, 0), 1, 30);
            (gone.State, gone.Revision) = (AppointmentState.NoShow, 2);
            Guid coordinator = DemonstrationAccounts.IdOf(Role.Coordinator);
            CareTask task = NoShowTasks.Open(database, gone, opening, zone, gone.EndsAt, coordinator);
            NoShowTasks.Note(database, new NoShowCase(task, []), "notReached", "Chuông đổ, không ai nghe máy", coordinator, gone.EndsAt + Duration.FromMinutes(20), missed);
        }

        Appointment Add(string who, AppointmentKind kind, LocalDate day, LocalTime starts, int room, int minutes) => AddFor(patients[who], kind, day, starts, room, minutes, null);

        Appointment AddFor(Guid who, AppointmentKind kind, LocalDate day, LocalTime starts, int room, int minutes, Guid? treatment)
        {
            Instant from = zone.AtLeniently(day + starts).ToInstant();
            var made = new Appointment
            {
                Id = Guid.CreateVersion7(),
                PatientId = who,
                Kind = kind,
                StartsAt = from,
                EndsAt = from + Duration.FromMinutes(minutes),
                DoctorId = DemonstrationAccounts.IdOf(Role.Doctor),
                FacilityId = DemonstrationClinic.FacilityId,
                Room = rooms[Math.Min(room, rooms.Length - 1)],
                TreatmentId = treatment,
                State = AppointmentState.Booked,
                CreatedAt = Instant.Min(now, from) - Duration.FromDays(2),
                ChangedAt = Instant.Min(now, from) - Duration.FromDays(2),
            };
            database.Add(made);
            return made;
        }
    }

    private static ClinicHours Hours(int weekday, LocalTime opens, LocalTime closes) => new() { Id = Guid.CreateVersion7(), FacilityId = DemonstrationClinic.FacilityId, Weekday = weekday, Opens = opens, Closes = closes };
}
