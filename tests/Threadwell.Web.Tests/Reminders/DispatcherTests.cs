using MimeKit;
using NodaTime;
using SmtpServer.Protocol;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Treatments;
using Threadwell.Tests.Shared;
using Threadwell.Web.Reminders;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>E-mail over a real socket: what arrives, what becomes of refusals, restarts and clocks that jump.</summary>
public sealed class DispatcherTests
{
    public static TheoryData<string> Databases => ["SQLite", "PostgreSQL"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_reminder_arrives_once_and_says_nothing_of_health(string kind)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind, sink);
        Patient english = await clinic.AddPatientAsync();
        Patient vietnamese = await clinic.AddPatientAsync("vi");
        StoredTreatment treatment = await clinic.AddTreatmentAsync(english, clinic.Clock.Now);
        await clinic.AddAppointmentAsync(vietnamese, ReminderClinic.At(2026, 11, 29, 9, 30));
        await clinic.TickAsync();
        Assert.Empty(sink.Ids);

        clinic.Clock.Now = ReminderClinic.At(2026, 11, 28, 9, 30);
        await clinic.TickAsync();
        await clinic.TickAsync();
        Assert.Equal(2, sink.Ids.Count);
        MimeMessage question = Assert.Single(sink.Accepted, message => message.To.Mailboxes.Single().Address == english.Email);
        Guid row = MessageKinds.IdOf($"check-in/{treatment.Id}/day1/email");
        Assert.Equal($"{row:n}@clinic.example", question.MessageId);
        Assert.Equal("A question for you", question.Subject);
        Assert.Equal(("Phòng khám Sen", "hello@clinic.example"), (question.From.Mailboxes.Single().Name, question.From.Mailboxes.Single().Address));
        Assert.Equal("auto-generated", question.Headers["Auto-Submitted"]);
        Assert.Equal(clinic.Clock.Now, Instant.FromDateTimeOffset(question.Date));
        Assert.Contains($"https://clinic.example/go/{row}", question.TextBody, StringComparison.Ordinal);
        Assert.Contains($"https://clinic.example/go/{row}", question.HtmlBody, StringComparison.Ordinal);
        string stop = question.Headers["List-Unsubscribe"]!.Trim('<', '>');
        Assert.StartsWith("https://clinic.example/reminders/stop?token=", stop, StringComparison.Ordinal);
        Assert.Equal(english.Id, clinic.Links.Read(Uri.UnescapeDataString(stop.Split("token=")[1])));

        MimeMessage appointment = Assert.Single(sink.Accepted, message => message.To.Mailboxes.Single().Address == vietnamese.Email);
        Assert.Equal("Lịch hẹn của bạn", appointment.Subject);
        Assert.Contains("09:30, 29/11/2026", appointment.TextBody, StringComparison.Ordinal);
        foreach (MimeMessage message in sink.Accepted)
        {
            string all = message.ToString() + message.Subject + message.TextBody + message.HtmlBody;
            foreach (string telling in (string[])["treat", "lift", "thread", "day1", "check-in", "chỉ ", "căng", "thủ thuật", "Nguyễn", "Mẫu", treatment.Id.ToString()])
            {
                Assert.DoesNotContain(telling, all.Replace("@mail.example", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.Equal([(MessageState.Sent, 1, 0), (MessageState.Sent, 1, 0)], (await clinic.OutboxAsync()).Where(message => message.SentAt is not null).Select(message => (message.State, message.Tries, message.Repeats)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_was_being_handed_over_at_a_stop_goes_again_under_the_same_id_and_is_counted(string kind)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind, sink);
        await clinic.AddAppointmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now + Duration.FromHours(3));
        clinic.Clock.Now += Duration.FromHours(1);
        await clinic.TickAsync();
        string id = Assert.Single(sink.Ids);

        // As a kill between the server's answer and our commit leaves it.
        await clinic.ChangeAsync(context =>
        {
            OutboxMessage row = context.Outbox.Single();
            (row.State, row.SentAt) = (MessageState.Sending, null);
        });
        await clinic.TickAsync();
        Assert.Single(sink.Ids);

        clinic.Restart(sink);
        await clinic.TickAsync();
        await clinic.TickAsync();
        Assert.Equal([id, id], sink.Ids);
        OutboxMessage sent = Assert.Single(await clinic.OutboxAsync());
        Assert.Equal((MessageState.Sent, 2, 1), (sent.State, sent.Tries, sent.Repeats));
    }

    [Fact]
    public async Task A_message_that_is_erased_while_it_is_handed_over_holds_up_no_other()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        await clinic.AddAppointmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now + Duration.FromHours(3));
        await clinic.AddAppointmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now + Duration.FromHours(3));
        clinic.Clock.Now += Duration.FromHours(1);
        sink.Answer = _ =>
        {
            clinic.ChangeAsync(context => context.RemoveRange(context.Outbox.Where(row => row.State == MessageState.Sending))).GetAwaiter().GetResult();
            return SmtpResponse.Ok;
        };
        await clinic.TickAsync();
        Assert.Equal(2, sink.Ids.Count);
    }

    [Fact]
    public async Task A_refusal_for_good_is_shown_without_the_address_and_one_for_now_is_tried_later_and_later()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        Patient patient = await clinic.AddPatientAsync();
        await clinic.AddAppointmentAsync(patient, clinic.Clock.Now + Duration.FromDays(1) + Duration.FromHours(1));
        sink.Answer = _ => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, $"no such user {patient.Email}");
        clinic.Clock.Now += Duration.FromHours(1);
        await clinic.TickAsync();
        OutboxMessage refused = (await clinic.OutboxAsync())[0];
        Assert.Equal(MessageState.GivenUp, refused.State);
        Assert.Contains("no such user …", refused.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(patient.Email, refused.Problem, StringComparison.Ordinal);

        // The next one: "later" four times, each pause twice as long, then accepted.
        int tries = 0;
        sink.Answer = _ => ++tries <= 4 ? new SmtpResponse((SmtpReplyCode)451, "try later") : SmtpResponse.Ok;
        clinic.Clock.Now += Duration.FromHours(22);
        Instant began = clinic.Clock.Now;
        var tried = new List<int>();
        while ((await clinic.OutboxAsync())[1].State == MessageState.Waiting)
        {
            int before = tries;
            await clinic.TickAsync();
            if (tries > before)
            {
                tried.Add((int)(clinic.Clock.Now - began).TotalMinutes);
            }

            clinic.Clock.Now += Duration.FromMinutes(1);
        }

        Assert.Equal([0, 1, 3, 7, 15], tried);
        Assert.Equal((MessageState.Sent, 5, 0), ((await clinic.OutboxAsync())[1].State, (await clinic.OutboxAsync())[1].Tries, (await clinic.OutboxAsync())[1].Repeats));
    }

    [Fact]
    public async Task While_the_mail_server_is_away_messages_wait_and_then_go()
    {
        SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        for (int patient = 0; patient < 3; patient++)
        {
            await clinic.AddAppointmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now + Duration.FromHours(4));
        }

        clinic.Clock.Now += Duration.FromHours(2);
        await sink.DisposeAsync();
        await clinic.TickAsync();
        Assert.All(await clinic.OutboxAsync(), row => Assert.Equal(MessageState.Waiting, row.State));
        Assert.StartsWith("unreachable", Assert.Single(await clinic.OutboxAsync(), row => row.Tries > 0).Problem, StringComparison.Ordinal);

        await using SmtpSink back = await SmtpSink.StartAsync(sink.Port);
        await clinic.PassAsync(Duration.FromMinutes(3), Duration.FromMinutes(1));
        Assert.Equal(3, back.Ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(3, back.Ids.Count);
        Assert.All(await clinic.OutboxAsync(), row => Assert.Equal((MessageState.Sent, 0), (row.State, row.Repeats)));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_name_first_took_nothing_and_is_left_alone()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync(signIn: (_, _) => true);
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        await clinic.AddAppointmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now + Duration.FromHours(3));
        clinic.Clock.Now += Duration.FromHours(1);
        for (int second = 0; second < 5; second++)
        {
            await clinic.TickAsync();
        }

        OutboxMessage row = Assert.Single(await clinic.OutboxAsync());
        Assert.Equal((MessageState.Waiting, 1, 0), (row.State, row.Tries, row.Repeats));
        Assert.StartsWith("unreachable: ", row.Problem, StringComparison.Ordinal);
        Assert.Equal(clinic.Clock.Now + Duration.FromMinutes(1), row.NextTryAt);

        clinic.Restart(sink, "clinic");
        await clinic.PassAsync(Duration.FromMinutes(2), Duration.FromMinutes(1));
        Assert.Single(sink.Ids);
        row = Assert.Single(await clinic.OutboxAsync());
        Assert.Equal((MessageState.Sent, 0), (row.State, row.Repeats));
    }

    [Fact]
    public async Task A_server_that_does_not_let_us_in_is_asked_seldom_however_many_messages_wait_and_wherever_the_clock_stands()
    {
        int asked = 0;
        bool letsIn = false;
        await using SmtpSink sink = await SmtpSink.StartAsync(signIn: (_, _) =>
        {
            asked++;
            return letsIn;
        });
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink, "clinic");
        for (int patient = 0; patient < 8; patient++)
        {
            await clinic.AddAppointmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now + Duration.FromHours(3));
        }

        clinic.Clock.Now += Duration.FromHours(1);
        await clinic.TickAsync();

        // The mailer tries each way of signing in that the server offers, which counts as one.
        int once = asked;
        Assert.InRange(once, 1, 3);
        await clinic.PassAsync(Duration.FromMinutes(5), Duration.FromSeconds(10));

        // At the beginning, after one minute and after three.
        Assert.Equal(3 * once, asked);
        clinic.Clock.Now += Duration.FromMinutes(30);
        await clinic.TickAsync();
        clinic.Clock.Now -= Duration.FromMinutes(45);
        await clinic.TickAsync();
        Assert.Equal(3 * once, asked);

        letsIn = true;
        clinic.Clock.Now += Duration.FromMinutes(15);
        await clinic.PassAsync(Duration.FromMinutes(5), Duration.FromMinutes(1));
        Assert.Equal((8, 8), (sink.Ids.Count, sink.Ids.Distinct(StringComparer.Ordinal).Count()));
        Assert.All(await clinic.OutboxAsync(), row => Assert.Equal((MessageState.Sent, 0), (row.State, row.Repeats)));
    }

    [Fact]
    public async Task A_server_that_closes_for_all_is_left_alone_by_all()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        for (int patient = 0; patient < 4; patient++)
        {
            await clinic.AddAppointmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now + Duration.FromHours(3));
        }

        int tries = 0;
        sink.Answer = _ => ++tries == 1 ? new SmtpResponse((SmtpReplyCode)421, "closing") : SmtpResponse.Ok;
        clinic.Clock.Now += Duration.FromHours(1);
        await clinic.TickAsync();
        await clinic.TickAsync();
        Assert.Equal(1, tries);
        OutboxMessage row = Assert.Single(await clinic.OutboxAsync(), message => message.Tries > 0);
        Assert.StartsWith("unreachable: 421", row.Problem, StringComparison.Ordinal);
        await clinic.PassAsync(Duration.FromMinutes(2), Duration.FromMinutes(1));
        Assert.Equal(4, sink.Ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(await clinic.OutboxAsync(), message => Assert.Equal((MessageState.Sent, 0), (message.State, message.Repeats)));
    }

    // 9 in Paris is 15 in Ho Chi Minh City, and 9 in Auckland is 3.
    [Theory]
    [InlineData("Europe/Paris", 9, 15)]
    [InlineData("Pacific/Auckland", 0, 3)]
    public async Task A_clinic_whose_zone_is_changed_sends_each_reminder_once_at_its_new_time(string zone, int began, int hour)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        Patient patient = await clinic.AddPatientAsync();
        await clinic.ChangeAsync(context => context.ReminderChoices.Add(new ReminderChoice { PatientId = patient.Id, QuietFrom = default, QuietUntil = default }));
        await clinic.AddTreatmentAsync(patient, ReminderClinic.At(2026, 11, 27, 10));
        await clinic.TickAsync();
        Assert.Equal(ReminderClinic.At(2026, 11, 28, 9), (await clinic.OutboxAsync())[0].DueAt);
        await clinic.ChangeAsync(context => context.ClinicSettings.Single().TimeZone = zone);

        // The dispatcher alone, before anything is planned anew: what is not due any more waits, and is not taken back.
        clinic.Clock.Now = ReminderClinic.At(2026, 11, 28, began);
        await clinic.DispatchAsync();
        Assert.All(await clinic.OutboxAsync(), row => Assert.Equal(MessageState.Waiting, row.State));
        Instant due = ReminderClinic.At(2026, 11, 28, hour);
        for (; clinic.Clock.Now < due; clinic.Clock.Now += Duration.FromMinutes(30))
        {
            await clinic.DispatchAsync();
            await clinic.TickAsync();
            Assert.Empty(sink.Ids);
            Assert.All(await clinic.OutboxAsync(), row => Assert.Equal(MessageState.Waiting, row.State));
        }

        await clinic.TickAsync();
        Assert.Single(sink.Ids);
        OutboxMessage sent = (await clinic.OutboxAsync())[0];
        Assert.Equal((due, due + Duration.FromDays(1), MessageState.Sent), (sent.DueAt, sent.UselessAfter, sent.State));

        // And back: what was sent is not sent again.
        await clinic.ChangeAsync(context => context.ClinicSettings.Single().TimeZone = ReminderClinic.Zone.Id);
        await clinic.PassAsync(Duration.FromHours(12), Duration.FromHours(1));
        Assert.Single(sink.Ids);
    }

    // A treatment that ended on the last of February in Paris ended on the first of March in Ho Chi Minh City: three months later are 28 May and 1 June.
    [Fact]
    public async Task A_change_of_zone_that_moves_a_treatment_into_the_next_month_takes_no_reminder_back()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        await clinic.ChangeAsync(context => context.ClinicSettings.Single().TimeZone = "Europe/Paris");
        Patient patient = await clinic.AddPatientAsync();
        await clinic.AddTreatmentAsync(patient, ReminderClinic.At(2027, 3, 1, 3));
        clinic.Clock.Now = ReminderClinic.At(2027, 5, 25, 12);
        await clinic.TickAsync();
        await clinic.ChangeAsync(context => context.ClinicSettings.Single().TimeZone = ReminderClinic.Zone.Id);

        // The dispatcher alone, before anything is planned anew.
        clinic.Clock.Now = ReminderClinic.At(2027, 5, 28, 15);
        await clinic.DispatchAsync();
        OutboxMessage row = Assert.Single(await clinic.OutboxAsync(), message => message.DueAt >= ReminderClinic.At(2027, 5, 28, 0));
        Assert.Equal((MessageState.Waiting, ReminderClinic.At(2027, 6, 1, 9)), (row.State, row.DueAt));
        Assert.Empty(sink.Ids);
    }

    [Fact]
    public async Task Without_a_mail_server_messages_wait_and_nothing_is_tried()
    {
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite");
        await clinic.AddAppointmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now + Duration.FromHours(3));
        clinic.Clock.Now += Duration.FromHours(2);
        await clinic.TickAsync();
        OutboxMessage row = Assert.Single(await clinic.OutboxAsync());
        Assert.Equal((MessageState.Waiting, 0), (row.State, row.Tries));
    }

    [Fact]
    public async Task Quiet_hours_put_a_message_off_until_they_end()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        Patient patient = await clinic.AddPatientAsync();
        await clinic.ChangeAsync(context => context.ReminderChoices.Add(new ReminderChoice { PatientId = patient.Id, QuietFrom = new LocalTime(20, 0), QuietUntil = new LocalTime(10, 30) }));
        await clinic.AddTreatmentAsync(patient, clinic.Clock.Now);
        clinic.Clock.Now = ReminderClinic.At(2026, 11, 28, 9);
        await clinic.TickAsync();
        Assert.Empty(sink.Ids);
        Assert.Equal(ReminderClinic.At(2026, 11, 28, 10, 30), (await clinic.OutboxAsync())[0].NextTryAt);
        clinic.Clock.Now = ReminderClinic.At(2026, 11, 28, 10, 29);
        await clinic.TickAsync();
        Assert.Empty(sink.Ids);
        clinic.Clock.Now = ReminderClinic.At(2026, 11, 28, 10, 30);
        await clinic.TickAsync();
        Assert.Single(sink.Ids);
    }

    [Fact]
    public async Task Consent_that_is_withdrawn_between_planning_and_sending_holds()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        await clinic.AddTreatmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now);
        await clinic.Planner.RunAsync(Cancelled);
        clinic.Clock.Now = ReminderClinic.At(2026, 11, 28, 9);
        await clinic.ChangeAsync(context => context.Consents.Single().WithdrawnAt = clinic.Clock.Now);
        await clinic.DispatchAsync();
        Assert.Empty(sink.Ids);
        Assert.Equal(MessageState.Withdrawn, (await clinic.OutboxAsync())[0].State);
    }

    // Two weeks of five patients and their appointments under a clock that jumps forward and back at seeded moments, with restarts: each message that had a use when it could go arrives exactly once.
    // In short once on each database.
    [Theory]
    [InlineData("SQLite", 1)]
    [InlineData("SQLite", 2)]
    [InlineData("PostgreSQL", 3)]
    public async Task Under_clock_jumps_and_restarts_each_message_arrives_once(string kind, int seed)
    {
        Assert.SkipUnless(seed != 2 || Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        var random = new Random(seed);
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync(kind, sink);
        for (int index = 0; index < 5; index++)
        {
            Patient patient = await clinic.AddPatientAsync();
            await clinic.AddTreatmentAsync(patient, clinic.Clock.Now - Duration.FromHours(index));
            await clinic.AddAppointmentAsync(patient, ReminderClinic.At(2026, 12, 1 + index, 15));
        }

        Instant ends = ReminderClinic.At(2026, 12, 10, 12);
        while (clinic.Clock.Now < ends)
        {
            // Hours at most: a jump over more than a message's use is the next test.
            clinic.Clock.Now += random.Next(10) switch { 0 => -Duration.FromHours(random.Next(1, 30)), 1 => Duration.FromHours(random.Next(1, 20)), _ => Duration.FromMinutes(random.Next(60, 240)) };
            if (random.Next(6) == 0)
            {
                clinic.Restart(sink);
            }

            await clinic.TickAsync();
        }

        IReadOnlyList<OutboxMessage> rows = await clinic.OutboxAsync();
        Assert.Equal(sink.Ids.Count, sink.Ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(rows.Where(row => row.State == MessageState.Sent).Select(row => $"{row.Id:n}@clinic.example").Order(StringComparer.Ordinal), sink.Ids.Order(StringComparer.Ordinal));

        // Six check-ins and two messages about the appointment for each patient fell due; what did not go lost its use while the clock stood beyond it.
        OutboxMessage[] due = [.. rows.Where(row => row.DueAt <= ends - Duration.FromDays(2))];
        Assert.Equal(5 * 8, due.Length);
        Assert.All(due, row => Assert.True(row.State == MessageState.Sent || (row.State == MessageState.GivenUp && row.Problem == MessageProblems.Late), $"{row.IdempotencyKey} is {row.State}."));
        Assert.True(due.Count(row => row.State == MessageState.Sent) >= 30, "The clock jumped over most messages: the test says little.");
    }

    [Fact]
    public async Task A_clock_that_ran_years_ahead_and_is_put_right_loses_nothing()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        Patient patient = await clinic.AddPatientAsync();
        StoredTreatment treatment = await clinic.AddTreatmentAsync(patient, clinic.Clock.Now);
        Appointment appointment = await clinic.AddAppointmentAsync(patient, ReminderClinic.At(2026, 11, 29, 15));
        await clinic.TickAsync();
        Instant right = clinic.Clock.Now;
        clinic.Clock.Now += Duration.FromDays(4 * 365);
        await clinic.TickAsync();
        Assert.Empty(sink.Ids);
        Assert.All((await clinic.OutboxAsync()).Where(row => row.DueAt < right + Duration.FromDays(30)), row => Assert.NotEqual(MessageState.Waiting, row.State));

        clinic.Clock.Now = right;
        await clinic.PassAsync(Duration.FromDays(3), Duration.FromHours(1));
        string[] expected =
        [
            .. ((string[])["day1", "day2", "day3"]).Select(day => $"{MessageKinds.CheckInKey(treatment.Id, day)}/email"),
            .. ((string[])["day", "hours2"]).Select(lead => $"{MessageKinds.AppointmentKey(appointment.Id, appointment.StartsAt, lead)}/email"),
        ];
        Assert.Equal(expected.Select(key => $"{MessageKinds.IdOf(key):n}@clinic.example").Order(StringComparer.Ordinal), sink.Ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_failure_while_the_clock_ran_ahead_does_not_hold_a_message_back_for_years()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using ReminderClinic clinic = await ReminderClinic.StartAsync("SQLite", sink);
        await clinic.AddTreatmentAsync(await clinic.AddPatientAsync(), clinic.Clock.Now);
        await clinic.Planner.RunAsync(Cancelled);
        clinic.Clock.Now = ReminderClinic.At(2026, 11, 28, 9);
        await clinic.ChangeAsync(context => context.Outbox.First(row => row.IdempotencyKey.Contains("day1")).NextTryAt = clinic.Clock.Now + Duration.FromDays(400));
        await clinic.TickAsync();
        Assert.Single(sink.Ids);
    }
}
