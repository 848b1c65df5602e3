using System.Text;
using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Geometry;

namespace Threadwell.Care.Tests.Triage;

/// <summary>Deadlines, schedule, the level that stands, and what a phone sends.</summary>
public sealed class TriageTests
{
    private static readonly ClinicCalendar Calendar = RandomCourses.Calendar;

    [Fact]
    public void A_red_level_has_its_minutes_its_two_hours_and_its_day()
    {
        OffsetDateTime now = At(0, 11, 0);
        Assert.Equal(
            [("acknowledged", At(0, 11, 15)), ("secondDoctor", At(0, 11, 15)), ("headOfDepartment", At(0, 11, 30)), ("spoken", At(0, 13, 0)), ("seen", At(1, 0, 0))],
            Due("lump=soft", now));
        Assert.Equal(("seen", At(1, 1, 30)), Due("lump=soft", At(0, 23, 30))[^1]);
        Assert.Equal(["acknowledged", "secondDoctor", "headOfDepartment"], Due("eyes=visionLoss", now).Select(due => due.Step));
        Assert.Empty(Due("", now));
    }

    [Fact]
    public void An_amber_level_has_one_working_day_and_never_over_24_hours_in_the_first_14_days()
    {
        // Thursday 5 March; Friday 6 March is closed in the calendar of these tests.
        Assert.Equal(("answered", At(4, 10, 0)), Due("distress=yes", At(3, 10, 0)).Single());
        Assert.Equal(("answered", At(15, 10, 0)), Due("distress=yes", At(14, 10, 0)).Single());

        // Saturday 21 March, day 19: the next working day is Monday; at night, until the clinic closes.
        Assert.Equal(("answered", At(21, 10, 0)), Due("distress=yes", At(19, 10, 0)).Single());
        Assert.Equal(("answered", At(21, 17, 30)), Due("distress=yes", At(19, 22, 0)).Single());
        Assert.Equal(At(20, 22, 0), TriageEngine.Judge(CheckIns.Rulebook, [new CheckIn(At(19, 22, 0), CheckIns.Read("distress=yes"))], CheckIns.Facts, At(19, 22, 0)).Deadlines.Single().Due);
        Assert.Null(new ClinicCalendar(new HashSet<IsoDayOfWeek>(), new HashSet<LocalDate>(), new LocalTime(17, 0)).After(At(0, 9, 0), 1));
    }

    [Fact]
    public void Deadlines_count_from_the_arrival_and_the_level_from_the_answers_own_time()
    {
        // Answered on day 3 without a line, arrived on day 20: usual for day 3.
        CheckIn late = new(At(3, 9, 0), CheckIns.Read("dimple=same swelling=mild swellingTrend=same"));
        TriageResult result = TriageEngine.Judge(CheckIns.Rulebook, [late], CheckIns.Facts, At(20, 9, 0), Calendar);
        Assert.Equal((TriageLevel.Amber, 3, "missedCheckIn"), (result.Level, result.Day, Assert.Single(result.Reasons).Id));
        Assert.Equal("day7", result.Missed);
        Assert.All(result.Deadlines, deadline => Assert.True(deadline.Due.ToInstant() > At(20, 9, 0).ToInstant()));
    }

    [Fact]
    public void What_the_patient_does_is_what_the_level_says_and_what_reasons_add_once()
    {
        TriageResult result = TriageEngine.Judge(CheckIns.Rulebook, [new CheckIn(At(3, 9, 0), CheckIns.Read("thread=out lump=soft fluid=pus"))], CheckIns.Facts, At(3, 9, 0));
        Assert.Equal(
            [CheckIns.Rulebook.Get(TriageLevel.Red).Does.En, "Do not squeeze. Cover it with a clean dressing.", "Do not squeeze.", "Do not pull, cut or push it. Cover it with a clean dressing and take a photo."],
            result.Does.Select(text => text.En));
        TriageResult nothing = TriageEngine.Judge(CheckIns.Rulebook, [], CheckIns.Facts, At(0, 12, 0));
        Assert.Equal((null, 0), (nothing.Level, nothing.Day));
        Assert.Empty(nothing.Does);
        Assert.Empty(nothing.Deadlines);
    }

    [Fact]
    public void Check_ins_fall_due_on_their_days_and_months()
    {
        var days = CheckInSchedule.Of(CheckIns.Rulebook, new LocalDate(2026, 1, 31)).ToDictionary(due => due.CheckIn.Id, due => due.Day);
        Assert.Equal(
            ["call", "day1", "day2", "day3", "day5", "day7", "day10", "day14", "day21", "day30", "day42", "day60", "month3", "month6", "month12", "month18", "month24", "month36", "month48", "month60"],
            CheckIns.Rulebook.Schedule.Select(item => item.Id));
        Assert.Equal((new LocalDate(2026, 2, 1), new LocalDate(2026, 3, 14), new LocalDate(2026, 4, 30), new LocalDate(2031, 1, 31)), (days["day1"], days["day42"], days["month3"], days["month60"]));
    }

    [Fact]
    public void A_level_once_shown_is_lowered_only_by_a_named_clinician_with_a_reason()
    {
        ShownLevel Shown(double hour, TriageLevel level) => new((CheckIns.TreatedAt + Duration.FromHours(hour)).ToInstant(), level);
        LoweredLevel Lowered(double hour, TriageLevel to, string by = "Dr. Trần", string reason = "seen, no infection") => new((CheckIns.TreatedAt + Duration.FromHours(hour)).ToInstant(), to, by, reason);
        Assert.Null(StandingLevel.Of([], [Lowered(1, TriageLevel.Green)]));
        Assert.Equal(TriageLevel.Red, StandingLevel.Of([Shown(1, TriageLevel.Amber), Shown(2, TriageLevel.Red), Shown(3, TriageLevel.Green)], []));
        Assert.Equal(TriageLevel.Red, StandingLevel.Of([Shown(3, TriageLevel.Green), Shown(2, TriageLevel.Red)], []));
        Assert.Equal(TriageLevel.Green, StandingLevel.Of([Shown(2, TriageLevel.Red)], [Lowered(3, TriageLevel.Green)]));
        Assert.Equal(TriageLevel.Red, StandingLevel.Of([Shown(2, TriageLevel.Red)], [Lowered(3, TriageLevel.Green, by: " ")]));
        Assert.Equal(TriageLevel.Red, StandingLevel.Of([Shown(2, TriageLevel.Red)], [Lowered(3, TriageLevel.Green, reason: "")]));
        Assert.Equal(TriageLevel.Red, StandingLevel.Of([Shown(2, TriageLevel.Red)], [Lowered(1, TriageLevel.Green)]));
        Assert.Equal(TriageLevel.Red, StandingLevel.Of([Shown(2, TriageLevel.Red)], [Lowered(2, TriageLevel.Green)]));
        Assert.Equal(TriageLevel.Amber, StandingLevel.Of([Shown(2, TriageLevel.Red), Shown(4, TriageLevel.Amber)], [Lowered(3, TriageLevel.Green)]));
        Assert.Equal(TriageLevel.Amber, StandingLevel.Of([Shown(2, TriageLevel.Amber)], [Lowered(3, TriageLevel.Emergency)]));
    }

    [Fact]
    public void What_a_phone_sends_is_read_strictly()
    {
        CheckIn read = Parse("""{"answeredAt": "2026-03-05T09:00:00+07:00", "answers": {"eyes": ["visionLoss", "none"], "painLeft": 3, "note": "đau"}}""");
        Assert.Equal(At(3, 9, 0), read.AnsweredAt);
        Assert.Equal(new TextAnswer("đau"), read.Answers.Find(new AnswerKey("note")));
        Assert.Equal(read.Answers.All, AnswerReader.Parse(AnswerReader.ToJson(read.Answers), "again", CheckIns.Rulebook.Questionnaire).All);
        Assert.Equal(At(3, 9, 0).ToInstant(), Parse("""{"answeredAt": "2026-03-05T02:00:00.000Z", "answers": {}}""").AnsweredAt!.Value.ToInstant());
        Assert.Null(Parse("""{"answeredAt": null, "answers": {}}""").AnsweredAt);
        Assert.Contains("answeredAt: a time with its offset", Refused("""{"answeredAt": "yesterday", "answers": {}}"""), StringComparison.Ordinal);
        Assert.Contains("answers: they are missing", Refused("""{"answeredAt": null}"""), StringComparison.Ordinal);
        Assert.Contains("answers.nose: there is no such question", Refused("""{"answers": {"nose": "yes"}}"""), StringComparison.Ordinal);
        Assert.Contains("answers.eyes: ", Refused("""{"answers": {"eyes": ["three"]}}"""), StringComparison.Ordinal);
        Assert.Contains("answers.painLeft: ", Refused("""{"answers": {"painLeft": 11}}"""), StringComparison.Ordinal);
        Assert.Contains("answers.note: a text of at most 2000 characters", Refused($$$"""{"answers": {"note": "{{{new string('a', 2001)}}}"}}"""), StringComparison.Ordinal);
        Assert.Contains("level: there is no such member", Refused("""{"answers": {}, "level": "green"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_question_does_not_offer_leaves_it_open_and_is_never_a_no()
    {
        OffsetDateTime now = At(3, 9, 0);
        TriageLevel? Level(string question, Answer answer) => TriageEngine.Judge(CheckIns.Rulebook, [new CheckIn(now, CheckIns.Well.With(new AnswerKey(question), answer))], CheckIns.Facts, now).Level;
        Assert.Equal(TriageLevel.Green, Level("lump", new WordsAnswer(["none"])));
        Assert.All(new Answer[] { new WordsAnswer([]), new WordsAnswer(["other"]), new WordAnswer("none"), Answer.Unknown }, answer => Assert.Equal(TriageLevel.Amber, Level("lump", answer)));
        Assert.All(new Answer[] { new NumberAnswer(double.NaN), new WordAnswer("3") }, answer => Assert.Equal(TriageLevel.Amber, Level("painLeft", answer)));
        Assert.Equal(TriageLevel.Amber, Level("feverish", new WordAnswer("maybe")));
    }

    [Theory]
    [InlineData("""{"answers": {"note": "\ud800"}}""")]
    [InlineData("""{"answers": {"\ud800": 1}}""")]
    [InlineData("""{"answers": {"eyes": ["\udfff"]}}""")]
    [InlineData("""{"answeredAt": "\ud800", "answers": {}}""")]
    public void Half_a_character_is_refused(string json) => Assert.Contains("this is no valid JSON", Refused(json), StringComparison.Ordinal);

    [Fact]
    public void Bytes_made_by_chance_are_read_or_refused_in_one_line()
    {
        byte[] whole = Encoding.UTF8.GetBytes("""{"answeredAt": "2026-03-05T09:00:00+07:00", "answers": {"eyes": ["none"], "painLeft": 3, "note": "đau 😀", "swelling": "mild", "feverish": "no"}}""");
        var random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] changed = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                CheckIn read = CheckIn.Parse(changed.AsMemory(0, random.Next(changed.Length / 2, changed.Length + 1)), "phone", CheckIns.Rulebook);
                Assert.NotNull(TriageEngine.Judge(CheckIns.Rulebook, [read], CheckIns.Facts, At(3, 9, 0)).Level);
            }
            catch (InvalidInputException error)
            {
                refused++;
                Assert.DoesNotContain('\n', error.Message);
            }
        }

        Assert.InRange(refused, 10_000, 19_999);
    }

    private static CheckIn Parse(string json) => CheckIn.Parse(Encoding.UTF8.GetBytes(json), "phone", CheckIns.Rulebook);

    private static string Refused(string json) => Assert.Throws<InvalidInputException>(() => Parse(json)).Message;

    private static OffsetDateTime At(int day, int hour, int minute) => (CheckIns.TreatedAt.Date.PlusDays(day) + new LocalTime(hour, minute)).WithOffset(CheckIns.TreatedAt.Offset);

    private static (string Step, OffsetDateTime Due)[] Due(string told, OffsetDateTime now) =>
        [.. TriageEngine.Judge(CheckIns.Rulebook, [new CheckIn(now, CheckIns.Read(told))], CheckIns.Facts, now, Calendar).Deadlines.Select(deadline => (deadline.Step.Id, deadline.Due))];
}
