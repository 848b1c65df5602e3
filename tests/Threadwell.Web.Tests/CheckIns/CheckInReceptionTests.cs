using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Reminders;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;
using Threadwell.Web.Board;
using Told = Threadwell.Care.Tests.Triage.CheckIns;

namespace Threadwell.Web.Tests.CheckIns;

/// <summary>Check-ins through the endpoint itself, and what they leave in the record.</summary>
public abstract class CheckInReceptionTests(CheckInClinic clinic)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_usual_is_green_and_asks_nobody_for_anything()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(3));
        JsonElement answer = await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.FromMinutes(2)), Told.Well, "green", "day3"));
        Assert.Equal("green", answer.GetProperty("level").GetString());
        Assert.Equal("green", answer.GetProperty("standing").GetString());
        Assert.Equal(3, answer.GetProperty("day").GetInt32());
        Assert.Contains("usual for day 3", answer.GetProperty("does")[0].GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.Contains("ngày 3", answer.GetProperty("does")[0].GetProperty("vi").GetString(), StringComparison.Ordinal);
        Assert.Empty(await TasksAsync(treatment));
    }

    [Fact]
    public async Task A_red_is_the_doctors_on_call_at_once_with_its_clocks_and_a_message()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        Guid id = Guid.NewGuid();
        JsonElement answer = await clinic.KeptAsync(treatment, CheckInClinic.Message(id, clinic.Ago(Duration.Zero), Told.Read("fluid=pus")));
        Assert.Equal("red", answer.GetProperty("level").GetString());
        Assert.Contains(answer.GetProperty("reasons").EnumerateArray(), reason => reason.GetProperty("level").GetString() == "red" && reason.GetProperty("says").GetProperty("vi").GetString()!.Length > 0);
        Assert.DoesNotContain(answer.GetProperty("does").EnumerateArray(), line => line.ToString().Contains('{', StringComparison.Ordinal) && line.GetProperty("en").GetString()!.Contains('{', StringComparison.Ordinal));
        CareTask task = Assert.Single(await TasksAsync(treatment));
        Assert.Equal((id, TriageLevel.Red, CareTaskState.New, ActionOwner.OnCall, CheckInClinic.OnCall), (task.CheckInId, task.Level, task.State, task.Owner, task.OwnerId));
        Assert.Equal(task.OpenedAt + Duration.FromMinutes(15), task.NextDueAt);
        Assert.Equal(["acknowledged", "secondDoctor", "headOfDepartment", "spoken", "seen"], answer.GetProperty("deadlines").EnumerateArray().Select(step => step.GetProperty("step").GetString()));
        OutboxMessage message = await clinic.ReadAsync(context => context.Outbox.SingleAsync(row => row.IdempotencyKey.StartsWith($"escalation/{task.Id}/acknowledged/"), Cancelled));
        Assert.True(message is { Urgent: true, Channel: MessageChannel.Push, PushSubscriptionId: not null } && message.UserId == CheckInClinic.OnCall);
        Assert.Equal("Opened", Assert.Single(await clinic.ReadAsync(context => context.CareTaskEvents.Where(row => row.TaskId == task.Id).ToListAsync(Cancelled))).What);
    }

    [Theory]
    [InlineData("care_tasks")]
    [InlineData("care_task_events")]
    public async Task A_failure_on_the_way_leaves_neither_answers_nor_task_and_the_phone_sends_again(string table)
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        Dictionary<string, object?> message = CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Read("eyes=visionLoss"));
        await clinic.RunAsync(clinic.Stop(table, stopped: true));
        try
        {
            (HttpStatusCode status, _) = await clinic.SendAsync(treatment, message);
            Assert.Equal(HttpStatusCode.InternalServerError, status);
        }
        finally
        {
            await clinic.RunAsync(clinic.Stop(table, stopped: false));
        }

        Assert.Empty(await TasksAsync(treatment));
        Assert.Equal(0, await RowsAsync(treatment));
        Assert.Equal("emergency", (await clinic.KeptAsync(treatment, message)).GetProperty("level").GetString());
        Assert.Single(await TasksAsync(treatment));
    }

    [Fact]
    public async Task Sent_twice_it_is_one_row_and_the_same_answer_and_other_answers_under_its_key_are_refused()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        Guid other = await clinic.TreatmentAsync(Duration.FromDays(5));
        Guid id = Guid.NewGuid();
        OffsetDateTime at = clinic.Ago(Duration.Zero);
        Dictionary<string, object?> message = CheckInClinic.Message(id, at, Told.Read("fluid=pus"));
        JsonElement[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => clinic.KeptAsync(treatment, message)));
        Assert.All(answers, answer => Assert.Equal(answers[0].ToString(), answer.ToString()));
        Assert.Equal(1, await RowsAsync(treatment));
        Assert.Single(await TasksAsync(treatment));
        Assert.Equal(HttpStatusCode.Conflict, (await clinic.SendAsync(treatment, CheckInClinic.Message(id, at, Told.Well))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await clinic.SendAsync(other, message)).Status);
    }

    [Fact]
    public async Task Milder_answers_alone_do_not_lower_what_stands_and_a_phones_graver_level_counts()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.FromHours(3)), Told.Well, "red"));
        Assert.Equal(TriageLevel.Red, Assert.Single(await TasksAsync(treatment)).Level);
        JsonElement milder = await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Well));
        Assert.Equal("green", milder.GetProperty("level").GetString());
        Assert.Equal("red", milder.GetProperty("standing").GetString());

        // The red that is open covers it; once that is closed while the level stands, the promise of the level needs a task again.
        CareTask first = Assert.Single(await TasksAsync(treatment));
        await clinic.App.StoreAsync(async context => (await context.CareTasks.SingleAsync(task => task.Id == first.Id, Cancelled)).State = CareTaskState.Closed);
        await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Well));
        Assert.Equal(2, (await TasksAsync(treatment)).Count);

        // A clinician lowers it by name and with a reason.
        await clinic.App.StoreAsync(async context =>
        {
            StoredTreatment row = await context.Treatments.SingleAsync(found => found.Id == treatment, Cancelled);
            context.LoweredStandings.Add(new LoweredStanding { Id = Guid.NewGuid(), PatientId = row.PatientId, TreatmentId = treatment, At = clinic.App.Clock.GetCurrentInstant(), To = TriageLevel.Green, ByUserId = CheckInClinic.OnCall, ByName = "BS. Test", Reason = "Seen today" });
        });
        Assert.Equal("green", (await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Well))).GetProperty("standing").GetString());
    }

    [Fact]
    public async Task Only_tasks_of_answers_hold_a_level()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.FromHours(3)), Told.Read("distress=yes")));
        CareTask first = Assert.Single(await TasksAsync(treatment));
        foreach (CareTaskKind kind in (CareTaskKind[])[CareTaskKind.NoShow, CareTaskKind.MissedCheckIn])
        {
            await clinic.AddTaskAsync(first, kind);
        }

        await clinic.App.StoreAsync(async context => (await context.CareTasks.SingleAsync(task => task.Id == first.Id, Cancelled)).State = CareTaskState.Closed);

        // The amber still stands, and nobody has its answers before him any more.
        Guid id = Guid.NewGuid();
        await clinic.KeptAsync(treatment, CheckInClinic.Message(id, clinic.Ago(Duration.Zero), Told.Well));
        Assert.Equal(TriageLevel.Amber, Assert.Single(await TasksAsync(treatment), task => task.CheckInId == id).Level);
    }

    [Fact]
    public async Task A_check_in_that_arrives_while_a_doctor_lowers_is_seen_first_or_stands()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        Guid id = Guid.NewGuid();
        await clinic.KeptAsync(treatment, CheckInClinic.Message(id, clinic.Ago(Duration.FromHours(1)), Told.Read("thread=out")));
        CareTask task = Assert.Single(await TasksAsync(treatment));
        StoredCheckIn seen = await clinic.ReadAsync(context => context.CheckIns.AsNoTracking().SingleAsync(row => row.Id == id, Cancelled));
        Task<string?> lowering = Task.FromResult<string?>("never");
        await clinic.ReadAsync(async context =>
        {
            await using IDbContextTransaction arriving = (await CheckInLock.BeginAsync(context, Cancelled))!;
            context.CheckIns.Add(new StoredCheckIn
            {
                Id = Guid.NewGuid(), PatientId = seen.PatientId, TreatmentId = treatment, ScheduledId = "", AnsweredAt = seen.AnsweredAt, ArrivedAt = seen.ArrivedAt + Duration.FromMilliseconds(1), Teller = seen.Teller,
                AnswersJson = seen.AnswersJson, RulebookVersion = seen.RulebookVersion, Level = TriageLevel.Emergency, Day = seen.Day, Reasons = seen.Reasons, Open = "",
            });
            await context.SaveChangesAsync(Cancelled);
            lowering = Task.Run(() => clinic.ReadAsync(other => new TaskDesk(other, clinic.App.Clock, new CurrentUser { UserId = CheckInClinic.OnCall, Name = "BS. Test", Role = Role.Doctor })
                .LowerAsync(task.Id, task.Revision, TriageLevel.Green, id, "settled", Cancelled)), Cancelled);
            Assert.NotSame(lowering, await Task.WhenAny(lowering, Task.Delay(TimeSpan.FromSeconds(1), Cancelled)));
            await arriving.CommitAsync(Cancelled);
            return true;
        });
        Assert.Equal("changed", await lowering);
        Assert.Empty(await clinic.ReadAsync(context => context.LoweredStandings.Where(row => row.TreatmentId == treatment).ToListAsync(Cancelled)));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_lets_a_lowering_count_for_what_the_doctor_saw_and_for_nothing_else()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        Guid seen = Guid.NewGuid();
        await clinic.KeptAsync(treatment, CheckInClinic.Message(seen, clinic.Ago(Duration.FromHours(1)), Told.Read("thread=out")));
        CareTask red = Assert.Single(await TasksAsync(treatment));
        try
        {
            // An emergency that comes after what the doctor's page shows is no older than that, and his page is refused.
            clinic.App.Clock.Ahead = Duration.FromMinutes(-10);
            Guid unseen = Guid.NewGuid();
            Instant told = clinic.App.Clock.GetCurrentInstant();
            await clinic.KeptAsync(treatment, CheckInClinic.Message(unseen, clinic.Ago(Duration.FromMinutes(1)), Told.Read("eyes=visionLoss")));
            Assert.Equal("changed", await LowerAsync(red, seen, TriageLevel.Green));

            // The clinic's clock for it is the one that runs now.
            CareTask emergency = Assert.Single(await TasksAsync(treatment), task => task.CheckInId == unseen);
            Assert.InRange(emergency.OpenedAt, told, told + Duration.FromMinutes(5));
            await clinic.App.StoreAsync(async context => (await context.CareTasks.SingleAsync(task => task.Id == red.Id, Cancelled)).State = CareTaskState.Closed);

            // What he has seen is lowered, though the clock says that it is still to come.
            Assert.Null(await LowerAsync(emergency, unseen, TriageLevel.Amber));
            Assert.Equal("amber", await StandingAsync());

            // What comes after the lowering stands, though the clock says that it came before.
            clinic.App.Clock.Ahead = Duration.FromMinutes(-20);
            JsonElement again = await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Read("eyes=doubleVision")));
            Assert.Equal(("emergency", "emergency"), (again.GetProperty("level").GetString(), again.GetProperty("standing").GetString()));
            Assert.Equal("emergency", await StandingAsync());
        }
        finally
        {
            clinic.App.Clock.Ahead = Duration.Zero;
        }

        Task<string?> LowerAsync(CareTask task, Guid newest, TriageLevel to) => clinic.ReadAsync(context =>
            new TaskDesk(context, clinic.App.Clock, new CurrentUser { UserId = CheckInClinic.OnCall, Name = "BS. Test", Role = Role.Doctor }).LowerAsync(task.Id, task.Revision, to, newest, "settled", Cancelled));

        async Task<string?> StandingAsync() => JsonSerializer.Deserialize<JsonElement>(await clinic.Doctor.GetStringAsync($"/api/treatments/{treatment}/check-ins", Cancelled)).GetProperty("standing").GetString();
    }

    [Fact]
    public async Task Every_refusal_of_answers_and_photos_is_a_problem_document_by_which_a_phone_knows_the_server()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        Guid other = await clinic.TreatmentAsync(Duration.FromDays(5));
        Guid booked = await clinic.TreatmentAsync(Duration.FromDays(2), TreatmentState.Preparing);
        Guid id = Guid.NewGuid();
        Guid photo = Guid.NewGuid();
        Dictionary<string, object?> message = CheckInClinic.Message(id, clinic.Ago(Duration.Zero), Told.Well);
        await clinic.KeptAsync(treatment, message);
        Guid second = Guid.NewGuid();
        await clinic.KeptAsync(treatment, CheckInClinic.Message(second, clinic.Ago(Duration.Zero), Told.Well));
        byte[] picture = PatientTests.PortraitOf(8, 8);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(clinic.Doctor, $"/api/check-ins/{id}/photos/{photo}?view=spot", picture)).Status);
        using HttpClient patient = await clinic.App.SignInAsync("patient@demo");
        using HttpClient nobody = clinic.App.Browser();
        string checkIns = $"/api/treatments/{treatment}/check-ins";
        string photos = $"/api/check-ins/{id}/photos/{Guid.NewGuid()}";
        byte[] told = JsonSerializer.SerializeToUtf8Bytes(message);
        foreach ((HttpStatusCode status, HttpClient from, string address, byte[] body) in ((HttpStatusCode, HttpClient, string, byte[])[])[
            (HttpStatusCode.UnprocessableEntity, clinic.Doctor, checkIns, "{}"u8.ToArray()),
            (HttpStatusCode.UnprocessableEntity, clinic.Doctor, checkIns, "<p>"u8.ToArray()),
            (HttpStatusCode.RequestEntityTooLarge, clinic.Doctor, checkIns, new byte[(64 << 10) + 1]),
            (HttpStatusCode.Conflict, clinic.Doctor, $"/api/treatments/{other}/check-ins", told),
            (HttpStatusCode.Conflict, clinic.Doctor, $"/api/treatments/{booked}/check-ins", JsonSerializer.SerializeToUtf8Bytes(CheckInClinic.Message(Guid.NewGuid(), null, Told.Well))),
            (HttpStatusCode.NotFound, patient, checkIns, told),
            (HttpStatusCode.Unauthorized, nobody, checkIns, told),
            (HttpStatusCode.UnprocessableEntity, clinic.Doctor, $"{photos}?view=passport", picture),
            (HttpStatusCode.UnprocessableEntity, clinic.Doctor, $"{photos}?view=spot", "<svg/>"u8.ToArray()),
            (HttpStatusCode.Conflict, clinic.Doctor, $"/api/check-ins/{second}/photos/{photo}?view=spot", picture),
            (HttpStatusCode.NotFound, patient, $"{photos}?view=spot", picture),
            (HttpStatusCode.Unauthorized, nobody, $"{photos}?view=spot", picture),
        ])
        {
            Assert.Equal((status, "application/problem+json"), await PostAsync(from, address, body));
        }

        static async Task<(HttpStatusCode Status, string? Type)> PostAsync(HttpClient from, string address, byte[] body)
        {
            using var content = new ByteArrayContent(body);
            using HttpResponseMessage answer = await from.PostAsync(new Uri(address, UriKind.Relative), content, Cancelled);
            return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task By_when_the_clinic_answers_is_what_an_open_amber_has_promised()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        JsonElement amber = await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.FromHours(1)), Told.Read("distress=yes")));
        string promised = amber.GetProperty("due").GetString()!;
        Assert.Equal((promised, "answered"), (Assert.Single(amber.GetProperty("deadlines").EnumerateArray()).GetProperty("due").GetString(), amber.GetProperty("deadlines")[0].GetProperty("step").GetString()));

        // Milder answers open nothing while it is open: the promise is the same one, and not these answers' own.
        Dictionary<string, object?> mild = CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Well);
        JsonElement milder = await clinic.KeptAsync(treatment, mild);
        Assert.Equal(("green", "amber", promised), (milder.GetProperty("level").GetString(), milder.GetProperty("standing").GetString(), milder.GetProperty("due").GetString()));
        Assert.Empty(milder.GetProperty("deadlines").EnumerateArray());

        // What is closed promises nothing more, and a check-in that has not come is no answer that is owed.
        CareTask task = Assert.Single(await TasksAsync(treatment));
        await clinic.AddTaskAsync(task, CareTaskKind.MissedCheckIn);
        await clinic.App.StoreAsync(async context => (await context.CareTasks.SingleAsync(row => row.Id == task.Id, Cancelled)).State = CareTaskState.Closed);
        JsonElement again = await clinic.KeptAsync(treatment, mild);
        Assert.Equal((JsonValueKind.Null, 0), (again.GetProperty("due").ValueKind, again.GetProperty("deadlines").GetArrayLength()));
    }

    [Fact]
    public async Task Answers_that_come_late_are_judged_by_their_own_day()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(6));
        await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.FromHours(1)), Told.Well));
        JsonElement late = await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.FromDays(3)), Told.Read("thread=out"), scheduled: "day3"));
        Assert.Equal("red", late.GetProperty("level").GetString());
        Assert.Equal(3, late.GetProperty("day").GetInt32());
        JsonElement mild = await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.FromDays(4)), Told.Well, scheduled: "day2"));
        Assert.Equal("green", mild.GetProperty("level").GetString());
    }

    [Fact]
    public async Task A_time_that_is_not_known_is_amber_and_does_not_cling_to_what_is_told_later()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        foreach (OffsetDateTime? wrong in (OffsetDateTime?[])[null, clinic.Ago(Duration.FromDays(-2)), clinic.Ago(Duration.FromDays(30))])
        {
            JsonElement unknown = await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), wrong, Told.Well));
            Assert.Equal("amber", unknown.GetProperty("level").GetString());
        }

        JsonElement known = await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Well));
        Assert.Equal("green", known.GetProperty("level").GetString());
        Assert.Equal("amber", known.GetProperty("standing").GetString());
        Assert.Matches(@"by \d\d:\d\d on \d\d/\d\d/\d{4}", known.GetProperty("does")[0].GetProperty("en").GetString());
    }

    [Fact]
    public async Task The_patient_herself_may_tell_and_another_may_not_and_there_is_nothing_before_a_treatment()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(2));
        using HttpClient patient = await clinic.App.SignInAsync("patient@demo");
        Dictionary<string, object?> message = CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Well);
        Assert.Equal(HttpStatusCode.NotFound, (await clinic.SendAsync(treatment, message, patient)).Status);
        await clinic.App.StoreAsync(async context =>
        {
            StoredTreatment row = await context.Treatments.SingleAsync(found => found.Id == treatment, Cancelled);
            (await context.Users.SingleAsync(user => user.UserName == "patient@demo", Cancelled)).PatientId = row.PatientId;
        });
        Assert.Equal(HttpStatusCode.OK, (await clinic.SendAsync(treatment, message, patient)).Status);
        StoredCheckIn kept = await clinic.ReadAsync(context => context.CheckIns.SingleAsync(row => row.TreatmentId == treatment, Cancelled));
        Assert.Equal((CheckInTeller.Patient, DemonstrationAccounts.IdOf(Storage.Accounts.Role.Patient)), (kept.Teller, kept.ByUserId));
        Guid booked = await clinic.TreatmentAsync(Duration.FromDays(2), TreatmentState.Preparing);
        Assert.Equal(HttpStatusCode.Conflict, (await clinic.SendAsync(booked, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Well))).Status);
        Guid running = await clinic.TreatmentAsync(Duration.FromHours(1), TreatmentState.Started);
        Assert.Equal("amber", (await clinic.KeptAsync(running, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Well))).GetProperty("level").GetString());
    }

    [Theory]
    [InlineData("""{"answers":{},"rulebookVersion":1}""", "id")]
    [InlineData("""{"id":"018f0000-0000-7000-8000-000000000000","rulebookVersion":1}""", "answers")]
    [InlineData("""{"id":"018f0000-0000-7000-8000-000000000000","answers":["eyes"],"rulebookVersion":1}""", "answers")]
    [InlineData("""{"id":"018f0000-0000-7000-8000-000000000000","answers":{},"rulebookVersion":1,"answeredAt":"yesterday"}""", "answeredAt")]
    [InlineData("""{"id":"018f0000-0000-7000-8000-000000000000","answers":{},"rulebookVersion":1,"phoneLevel":"Red"}""", "phoneLevel")]
    [InlineData("""{"id":"018f0000-0000-7000-8000-000000000000","answers":{},"rulebookVersion":1,"scheduledId":"day4"}""", "scheduledId")]
    [InlineData("""{"id":"018f0000-0000-7000-8000-000000000000","answers":{},"rulebookVersion":0}""", "rulebookVersion")]
    [InlineData("""{"id":"018f0000-0000-7000-8000-000000000000","answers":{},"rulebookVersion":1,"level":"green"}""", "level")]
    public async Task What_is_not_of_the_form_is_refused_by_its_place_and_nothing_is_kept(string json, string place)
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(2));
        (HttpStatusCode status, JsonElement problem) = await clinic.SendAsync(treatment, JsonSerializer.Deserialize<JsonElement>(json));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(place, problem.GetProperty("place").GetString());
        Assert.Equal(0, await RowsAsync(treatment));
    }

    [Fact]
    public async Task Words_that_are_too_long_are_refused_aloud()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(2));
        (HttpStatusCode status, JsonElement problem) = await clinic.SendAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Well.With(new AnswerKey("note"), new TextAnswer(new string('a', 2001)))));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "answers.note"), (status, problem.GetProperty("place").GetString()));
        Assert.Equal(0, await RowsAsync(treatment));
    }

    [Theory]
    [InlineData("temperature", "385")]
    [InlineData("temperature", "3")]
    [InlineData("temperature", "1e999")]
    [InlineData("temperature", "\"38,5\"")]
    [InlineData("painLeft", "11")]
    [InlineData("eyes", "[\"laser\"]")]
    [InlineData("eyes", "[\"none\",\"laser\"]")]
    [InlineData("eyes", "[\"visionLoss\",\"laser\"]", "[\"visionLoss\"]", TriageLevel.Emergency)]
    [InlineData("eyes", "[\"laser\",\"none\",\"visionLoss\",\"visionLoss\",7]", "[\"visionLoss\"]", TriageLevel.Emergency)]
    [InlineData("swelling", "[]")]
    [InlineData("nothing", "1")]
    public async Task An_answer_that_does_not_fit_its_question_is_left_open_and_keeps_no_red_from_the_clinic(string question, string answer, string? left = null, TriageLevel level = TriageLevel.Red)
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        Dictionary<string, object?> message = CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Read("fluid=pus temperatureTaken=yes").With(new AnswerKey(question), null), "red");
        message["answers"] = JsonSerializer.Deserialize<JsonElement>(message["answers"]!.ToString()!.Insert(1, $"\"{question}\":{answer},"));
        JsonElement kept = await clinic.KeptAsync(treatment, message);
        Assert.Equal(level, Level(kept, "level"));
        Assert.Equal(question != "nothing" && left is null, kept.GetProperty("ask").EnumerateArray().Any(open => open.GetString() == question));
        Assert.Equal(level, Assert.Single(await TasksAsync(treatment)).Level);
        StoredCheckIn row = await clinic.ReadAsync(context => context.CheckIns.AsNoTracking().SingleAsync(found => found.TreatmentId == treatment, Cancelled));
        Assert.Equal(left, JsonDocument.Parse(row.AnswersJson).RootElement.GetProperty("answers").TryGetProperty(question, out JsonElement there) ? there.GetRawText() : null);
        Assert.Equal(kept.ToString(), (await clinic.KeptAsync(treatment, message)).ToString());
    }

    [Fact]
    public async Task A_day_of_another_schedule_keeps_no_answers_from_the_clinic()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        Dictionary<string, object?> message = CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Read("fluid=pus"), "red", "day4");
        message["rulebookVersion"] = TriageFile.Shipped.Version + 1;
        Assert.Equal("red", (await clinic.KeptAsync(treatment, message)).GetProperty("level").GetString());
        Assert.Equal("", (await clinic.ReadAsync(context => context.CheckIns.AsNoTracking().SingleAsync(row => row.TreatmentId == treatment, Cancelled))).ScheduledId);
    }

    [Fact]
    public async Task Answers_to_other_questions_than_those_in_force_are_kept_as_far_as_they_fit_and_the_rest_is_asked()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(2));
        Dictionary<string, object?> message = CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.Zero), Told.Read("fluid=pus").With(new AnswerKey("eyes"), null));
        message["rulebookVersion"] = TriageFile.Shipped.Version + 1;
        message["answers"] = JsonSerializer.Deserialize<JsonElement>(message["answers"]!.ToString()!.Insert(1, "\"whatWillBeAsked\":\"yes\","));
        JsonElement answer = await clinic.KeptAsync(treatment, message);
        Assert.Equal("red", answer.GetProperty("level").GetString());
        Assert.Contains("eyes", answer.GetProperty("ask").EnumerateArray().Select(question => question.GetString()));
    }

    [Fact]
    public async Task The_history_is_what_a_phone_judges_by()
    {
        Guid treatment = await clinic.TreatmentAsync(Duration.FromDays(5));
        await clinic.KeptAsync(treatment, CheckInClinic.Message(Guid.NewGuid(), clinic.Ago(Duration.FromDays(2)), Told.Read("thread=out"), scheduled: "day3"));
        JsonElement history = JsonSerializer.Deserialize<JsonElement>(await clinic.Doctor.GetStringAsync($"/api/treatments/{treatment}/check-ins", Cancelled));
        Assert.Equal("red", history.GetProperty("standing").GetString());
        Assert.Equal("both", history.GetProperty("facts").GetProperty("sides").GetString());
        Assert.Equal("jawline", history.GetProperty("facts").GetProperty("areas")[0].GetString());
        Assert.Equal(JsonValueKind.Null, history.GetProperty("calendar").ValueKind);
        Assert.Equal(["out"], history.GetProperty("checkIns")[0].GetProperty("answers").GetProperty("thread").EnumerateArray().Select(word => word.GetString()));
        Dictionary<string, string?> schedule = history.GetProperty("schedule").EnumerateArray().ToDictionary(item => item.GetProperty("id").GetString()!, item => item.GetProperty("state").GetString());
        Assert.Equal(("passed", "done", "due", "toCome"), (schedule["day2"], schedule["day3"], schedule["day5"], schedule["day7"]));
    }

    [Fact]
    public async Task Any_course_keeps_the_promises()
    {
        int howMany = Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1" ? 200 : 10;
        var courses = new Care.Tests.Triage.RandomCourses(20261127);
        var random = new Random(7);
        var met = new Dictionary<TriageLevel, int>();
        for (int number = 0; number < howMany; number++)
        {
            Care.Tests.Triage.RandomCourse course = courses.Next();
            Duration shift = clinic.App.Clock.GetCurrentInstant() - course.Now.ToInstant();
            Guid treatment = await clinic.TreatmentAsync(course.Now.ToInstant() - Told.TreatedAt.ToInstant());
            var shown = TriageLevel.Green;
            foreach (CheckIn told in course.History)
            {
                Guid id = Guid.NewGuid();
                JsonElement answer = await clinic.KeptAsync(treatment, CheckInClinic.Message(id, told.AnsweredAt is { } at ? at + shift : null, told.Answers));
                TriageLevel level = Level(answer, "level");
                met[level] = met.GetValueOrDefault(level) + 1;
                shown = level > shown ? level : shown;
                string context = $"Course {number}: {answer}";

                // Milder answers alone lower nothing.
                Assert.True(Level(answer, "standing") == shown, context);

                // Every amber, red and emergency has its task; the grave ones have an owner and a clock.
                List<CareTask> tasks = await TasksAsync(treatment);
                Assert.True(level == TriageLevel.Green || tasks.Exists(task => task.CheckInId == id && task.Level >= level), context);
                Assert.True(tasks.TrueForAll(task => task.Level < TriageLevel.Red || (task.OwnerId is not null && task.NextDueAt is not null)), context);

                // A blank safety question is at least amber, and asked again.
                string[] blank = [.. TriageFile.Shipped.Questionnaire.Questions.Where(question => question is { Group: TriageRulebook.SafetyGroup, Id: not ("numbing" or "trunk") } && told.Answers.Find(new AnswerKey(question.Id)) is null).Select(question => question.Id)];
                Assert.True(blank.Length == 0 || level >= TriageLevel.Amber, context);
                Assert.True(blank.All(answer.GetProperty("ask").EnumerateArray().Select(question => question.GetString()).Contains), context);
            }
        }

        Assert.Equal(4, met.Count);

        // The same answers, one of them worse, on a second treatment of the same age.
        for (int number = 0; number < howMany; number++)
        {
            AnswerSheet sheet = courses.Next().History is [.., var last] ? last.Answers : Told.Well;
            AnswerSheet worse = Worse(sheet, random);
            Duration ago = Duration.FromHours(random.Next(1, 800));
            OffsetDateTime at = clinic.Ago(Duration.FromMinutes(1));
            JsonElement one = await clinic.KeptAsync(await clinic.TreatmentAsync(ago), CheckInClinic.Message(Guid.NewGuid(), at, sheet));
            JsonElement other = await clinic.KeptAsync(await clinic.TreatmentAsync(ago), CheckInClinic.Message(Guid.NewGuid(), at, worse));
            Assert.True(Level(other, "level") >= Level(one, "level"), $"{one} became {other}");
        }
    }

    // One answer worse: a sign more, a higher step, or an answer taken back.
    private static AnswerSheet Worse(AnswerSheet sheet, Random random)
    {
        Question question = TriageFile.Shipped.Questionnaire.Questions.Where(one => one.Group == TriageRulebook.SafetyGroup || one.Id is "swelling" or "redness" or "feverish" or "distress" or "hairLoss").ElementAt(random.Next(19));
        var key = new AnswerKey(question.Id);
        return sheet.With(key, question.Kind switch
        {
            QuestionKind.YesNo => Care.Rules.Answer.Yes,
            QuestionKind.Choice => new WordAnswer(question.Choices[^1].Id),
            _ when random.Next(4) == 0 => null,
            _ => new WordsAnswer([.. question.Choices.Where(choice => choice.Id != "none").Select(choice => choice.Id).Where((_, index) => index == 0 || (sheet.Find(key) as WordsAnswer)?.Words.Contains(question.Choices[index].Id) == true)]),
        });
    }

    private static TriageLevel Level(JsonElement answer, string name) => Enum.Parse<TriageLevel>(answer.GetProperty(name).GetString()!, ignoreCase: true);

    private Task<List<CareTask>> TasksAsync(Guid treatment) => clinic.ReadAsync(context => context.CareTasks.AsNoTracking().Where(task => task.TreatmentId == treatment).OrderBy(task => task.OpenedAt).ToListAsync(Cancelled));

    private Task<int> RowsAsync(Guid treatment) => clinic.ReadAsync(context => context.CheckIns.CountAsync(row => row.TreatmentId == treatment, Cancelled));
}

/// <summary>On the embedded database.</summary>
public sealed class SqliteCheckInReceptionTests(SqliteCheckInClinic clinic) : CheckInReceptionTests(clinic), IClassFixture<SqliteCheckInClinic>;

/// <summary>On a server.</summary>
public sealed class PostgreSqlCheckInReceptionTests(PostgreSqlCheckInClinic clinic) : CheckInReceptionTests(clinic), IClassFixture<PostgreSqlCheckInClinic>;
