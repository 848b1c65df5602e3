using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>Which messages a phone gets that is enrolled without an account, and what ends them.</summary>
public sealed class PhonePushTests
{
    public static TheoryData<string> Databases => ["SQLite", "PostgreSQL"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_phone_is_told_of_the_check_ins_that_it_opens_and_of_appointments_each_once(string kind)
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind);
        Patient patient = await clinic.AddPatientAsync();
        StoredTreatment followed = await clinic.AddTreatmentAsync(patient, clinic.Clock.Now);
        StoredTreatment other = await clinic.AddTreatmentAsync(patient, clinic.Clock.Now);
        Appointment appointment = await clinic.AddAppointmentAsync(patient, clinic.Clock.Now + Duration.FromDays(2));
        using var browser = new TestBrowser();
        PushSubscription phone = browser.Subscription(patient.Id, "https://push.example/phone", clinic.Clock.Now, device: (await clinic.AddPhoneAsync(followed)).Id);
        PushSubscription second = browser.Subscription(patient.Id, "https://push.example/second", clinic.Clock.Now, device: (await clinic.AddPhoneAsync(followed)).Id);
        PushSubscription account = browser.Subscription(patient.Id, "https://push.example/account", clinic.Clock.Now);
        PushSubscription relative = browser.Subscription(patient.Id, "https://push.example/relative", clinic.Clock.Now, device: (await clinic.AddPhoneAsync(followed, ofRelative: true)).Id);
        await clinic.ChangeAsync(context => context.PushSubscriptions.AddRange(phone, second, account, relative));
        await clinic.Planner.RunAsync(Cancelled);
        await clinic.Planner.RunAsync(Cancelled);
        string[] keys = [.. (await clinic.OutboxAsync()).Select(row => row.IdempotencyKey)];
        string[] days = ["day1", "day2", "day3", "day5", "day7"];
        string[] Of(StoredTreatment treatment, string way) => [.. days.Select(day => $"check-in/{treatment.Id}/{day}/{way}")];
        string[] Leads(string way) => [.. new[] { "day", "hours2" }.Select(lead => $"appointment/{appointment.Id}/202611291000/{lead}/{way}")];
        string[] expected =
        [
            .. Of(followed, "email"), .. Of(other, "email"), .. Leads("email"),
            .. Of(followed, $"push/{account.Id}"), .. Of(other, $"push/{account.Id}"), .. Leads($"push/{account.Id}"),
            .. Of(followed, $"push/{phone.Id}"), .. Leads($"push/{phone.Id}"), .. Of(followed, $"push/{second.Id}"), .. Leads($"push/{second.Id}"),
        ];
        string[] found = [.. keys.Select(key => key.StartsWith("appointment/", StringComparison.Ordinal) ? string.Join('/', key.Split('/').Select((part, place) => place == 2 ? "202611291000" : part)) : key)];
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_phone_that_is_shut_or_whose_patient_ends_messages_gets_nothing_more(string kind)
    {
        foreach (string ending in (string[])["shut", "consent", "choice", "subscription"])
        {
            await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind);
            Patient patient = await clinic.AddPatientAsync(email: "");
            StoredTreatment treatment = await clinic.AddTreatmentAsync(patient, clinic.Clock.Now);
            EnrolledDevice phone = await clinic.AddPhoneAsync(treatment);
            using var browser = new TestBrowser();
            await clinic.ChangeAsync(context => context.PushSubscriptions.Add(browser.Subscription(patient.Id, "https://push.example/phone", clinic.Clock.Now, device: phone.Id)));
            await clinic.Planner.RunAsync(Cancelled);
            Assert.Equal(5, (await clinic.OutboxAsync()).Count(row => row.State == MessageState.Waiting));
            await clinic.ChangeAsync(async context =>
            {
                switch (ending)
                {
                    case "shut":
                        (await context.EnrolledDevices.SingleAsync(Cancelled)).RevokedAt = clinic.Clock.Now;
                        break;
                    case "consent":
                        (await context.Consents.SingleAsync(Cancelled)).WithdrawnAt = clinic.Clock.Now;
                        break;
                    case "choice":
                        context.ReminderChoices.Add(new ReminderChoice { PatientId = patient.Id, Push = false });
                        break;
                    default:
                        (await context.PushSubscriptions.SingleAsync(Cancelled)).EndedAt = clinic.Clock.Now;
                        break;
                }
            });
            await clinic.Planner.RunAsync(Cancelled);
            Assert.All(await clinic.OutboxAsync(), row => Assert.Equal(MessageState.Withdrawn, row.State));
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_push_reaches_the_phone_with_a_kind_and_a_key_and_none_goes_once_it_is_shut(string kind)
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind);
        using var service = new PushService();
        using var browser = new TestBrowser();
        Patient patient = await clinic.AddPatientAsync(email: "");
        StoredTreatment treatment = await clinic.AddTreatmentAsync(patient, clinic.Clock.Now);
        EnrolledDevice phone = await clinic.AddPhoneAsync(treatment);
        await clinic.ChangeAsync(context => context.PushSubscriptions.Add(browser.Subscription(patient.Id, service.Address, clinic.Clock.Now, device: phone.Id)));
        await clinic.Planner.RunAsync(Cancelled);
        clinic.Clock.Now = ReminderClinic.At(2026, 11, 28, 9);
        Task<PushService.Received> received = service.TakeAsync(HttpStatusCode.Created);
        await clinic.DispatchAsync();
        PushService.Received push = await received;
        OutboxMessage sent = Assert.Single(await clinic.OutboxAsync(), row => row.State == MessageState.Sent);
        using JsonDocument said = JsonDocument.Parse(browser.Decrypt(push.Body));
        Assert.Equal([("kind", "checkIn"), ("key", sent.Id.ToString())], said.RootElement.EnumerateObject().Select(property => (property.Name, property.Value.GetString()!)));

        // Shut after the next was written: it is asked again before it goes. Nobody takes it at the service.
        clinic.Clock.Now = ReminderClinic.At(2026, 11, 29, 9);
        await clinic.ChangeAsync(async context => (await context.EnrolledDevices.SingleAsync(Cancelled)).RevokedAt = clinic.Clock.Now);
        await clinic.DispatchAsync();
        OutboxMessage next = (await clinic.OutboxAsync()).Single(row => row.IdempotencyKey.Contains("/day2/", StringComparison.Ordinal));
        Assert.Equal((MessageState.Withdrawn, 0), (next.State, next.Tries));
    }
}
