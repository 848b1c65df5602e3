using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Appointments;
using Threadwell.Web.Forms;
using Threadwell.Web.Tests.Access;

namespace Threadwell.Web.Tests.Appointments;

/// <summary>An empty clinic with two doctors, two rooms and hours on every day, of which only the first doctor may place threads and somebody is on call for a month.</summary>
internal sealed class BookingClinic(InProcessApp app) : IAsyncDisposable
{
    public static readonly Guid Doctor = Guid.Parse("00000000-0000-7000-8000-0000000000d1");
    public static readonly Guid Second = Guid.Parse("00000000-0000-7000-8000-0000000000d2");
    public static readonly Guid Facility = Guid.Parse("00000000-0000-7000-8000-0000000000f1");
    private int patients;

    public InProcessApp App => app;

    public DateTimeZone Zone { get; private init; } = null!;

    public LocalDate Today => app.Clock.GetCurrentInstant().InZone(Zone).Date;

    public static string Room(int number) => $"{Facility}|Room {number}";

    public static async Task<BookingClinic> StartAsync(string? database = null, string zone = "Asia/Ho_Chi_Minh", Instant? now = null)
    {
        InProcessApp app = await InProcessApp.StartAsync(empty: true, database: database);
        if (now is { } instant)
        {
            app.Clock.Ahead = instant - SystemClock.Instance.GetCurrentInstant();
        }

        var clinic = new BookingClinic(app) { Zone = DateTimeZoneProviders.Tzdb[zone] };
        await app.StoreAsync(context =>
        {
            context.Add(new ClinicSettings { Name = "Clinic", Phone = "0900 000 000", TimeZone = zone });
            context.Add(new Facility { Id = Facility, Name = "Clinic", Kind = FacilityKind.SpecialistClinic, Rooms = "Room 1\nRoom 2" });
            for (int day = 1; day <= 7; day++)
            {
                context.Add(Hours(day, new(8, 0), new(12, 0)));
                context.Add(Hours(day, new(13, 30), new(17, 30)));
            }

            context.Add(new ClinicClosure { Id = Guid.NewGuid(), FacilityId = Facility, Day = clinic.Today.PlusDays(3), Why = "Staff day" });
            context.AddRange(Account(Doctor, "Dr One", clinic), Account(Second, "Dr Two", clinic));
            context.Add(new StaffLicence { Id = Guid.NewGuid(), UserId = Doctor, Number = "1", Specialty = "dermatology", From = clinic.Today.PlusYears(-1), Until = clinic.Today.PlusDays(200) });
            context.Add(new OnCallTurn { Id = Guid.NewGuid(), UserId = Doctor, From = clinic.Today, Until = clinic.Today.PlusDays(30) });
            return Task.CompletedTask;
        });
        return clinic;

        static ClinicHours Hours(int day, LocalTime opens, LocalTime closes) => new() { Id = Guid.NewGuid(), FacilityId = Facility, Weekday = day, Opens = opens, Closes = closes };

        static UserAccount Account(Guid id, string name, BookingClinic clinic) => new()
        {
            Id = id, UserName = name, NormalizedUserName = name.ToUpperInvariant(), FullName = name, Role = Role.Doctor, CreatedAt = clinic.App.Clock.GetCurrentInstant(), SecurityStamp = "1",
        };
    }

    public async Task<Guid> PatientAsync()
    {
        var patient = new Patient { Id = Guid.CreateVersion7(), Number = ++patients, FullName = $"Patient {patients}", SortKey = "patient", BirthDate = new LocalDate(1970, 1, 1), Sex = Sex.Female, Language = "en", CreatedAt = app.Clock.GetCurrentInstant() };
        await app.StoreAsync(context =>
        {
            context.Add(patient);
            return Task.CompletedTask;
        });
        return patient.Id;
    }

    public async Task<Guid> TreatmentAsync(Guid patient, LocalDate day, TreatmentState state = TreatmentState.Preparing, TreatmentKind kind = TreatmentKind.Planned)
    {
        var treatment = new StoredTreatment { Id = Guid.CreateVersion7(), PatientId = patient, Kind = kind, State = state, Day = day, OperatorId = Doctor, FacilityId = Facility, CreatedAt = app.Clock.GetCurrentInstant() };
        await app.StoreAsync(context =>
        {
            context.Add(treatment);
            return Task.CompletedTask;
        });
        return treatment.Id;
    }

    public static AppointmentForm Form(LocalDate day, string time, Guid? doctor = null, int room = 1, AppointmentKind kind = AppointmentKind.Consultation, Guid? treatment = null, string? minutes = null, string? scheduled = null) => new()
    {
        Kind = kind.ToString(),
        Day = day.ToString("dd/MM/uuuu", System.Globalization.CultureInfo.InvariantCulture),
        Time = time,
        Doctor = (doctor ?? Doctor).ToString(),
        Place = Room(room),
        Treatment = treatment?.ToString(),
        Minutes = minutes,
        Scheduled = scheduled,
    };

    /// <summary>Books as a request does: in a scope of its own.</summary>
    public async Task<(Guid? Booked, FieldProblems Problems)> BookAsync(Guid patient, AppointmentForm form)
    {
        await using AsyncServiceScope scope = app.App.Services.CreateAsyncScope();
        var problems = new FieldProblems();
        return (await scope.ServiceProvider.GetRequiredService<AppointmentDesk>().BookAsync(patient, form, problems, TestContext.Current.CancellationToken), problems);
    }

    public async Task<(bool Moved, FieldProblems Problems)> MoveAsync(Guid id, AppointmentForm form)
    {
        await using AsyncServiceScope scope = app.App.Services.CreateAsyncScope();
        var problems = new FieldProblems();
        return (await scope.ServiceProvider.GetRequiredService<AppointmentDesk>().MoveAsync(id, form, problems, TestContext.Current.CancellationToken), problems);
    }

    public async Task<string?> CloseAsync(Guid id, AppointmentState state, long revision)
    {
        await using AsyncServiceScope scope = app.App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppointmentDesk>().CloseAsync(id, state, revision, Doctor, TestContext.Current.CancellationToken);
    }

    public async Task<T> ReadAsync<T>(Func<Threadwell.Storage.ThreadwellContext, Task<T>> read)
    {
        await using Threadwell.Storage.ThreadwellContext context = await app.App.Services.GetRequiredService<IDbContextFactory<Threadwell.Storage.ThreadwellContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await read(context);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
