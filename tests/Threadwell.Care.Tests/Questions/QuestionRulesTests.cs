using NodaTime;
using Threadwell.Care.Questions;
using Threadwell.Care.Triage;

namespace Threadwell.Care.Tests.Questions;

public sealed class QuestionRulesTests
{
    [Theory]
    [InlineData("Since this morning I can't breathe well", GateLevel.Emergency)]
    [InlineData("Em bị khó thở từ sáng", GateLevel.Emergency)]
    [InlineData("em bi kho tho tu sang", GateLevel.Emergency)]
    [InlineData("Mẹ tôi vừa bị đột quỵ", GateLevel.Emergency)]
    [InlineData("My lips are swelling and I feel faint", GateLevel.Emergency)]
    [InlineData("Da mặt em tím tái sau khi cấy chỉ", GateLevel.Emergency)]
    [InlineData("Em không bị khó thở, chỉ hỏi giá trị của chỉ", GateLevel.Open)]
    [InlineData("I have a fever since yesterday", GateLevel.Call)]
    [InlineData("Chỗ luồn chỉ bị mưng mủ", GateLevel.Call)]
    [InlineData("Chỉ PDO giữ được bao lâu?", GateLevel.Open)]
    [InlineData("How long does a thread lift last?", GateLevel.Open)]
    public void An_emergency_is_seen_before_a_question_is_sent(string text, GateLevel level) => Assert.Equal(level, EmergencyGate.Of(text));

    [Theory]
    [InlineData("Call me on 0912 345 678 please", IdentifyingKind.Phone, "0912 345 678")]
    [InlineData("số của em +84 912.345.678", IdentifyingKind.Phone, "+84 912.345.678")]
    [InlineData("write to mai.nguyen@mail.example", IdentifyingKind.Email, "mai.nguyen@mail.example")]
    [InlineData("mai (at) mail (dot) example", IdentifyingKind.Email, "mai (at) mail (dot) example")]
    [InlineData("CCCD 001174012345", IdentifyingKind.CitizenNumber, "001174012345")]
    [InlineData("CCCD của em: 001 174 012 345.", IdentifyingKind.CitizenNumber, "001 174 012 345")]
    [InlineData("passport C1234567", IdentifyingKind.CitizenNumber, "C1234567")]
    [InlineData("nhà em ở số 12 đường Trần Phú", IdentifyingKind.Address, "số 12")]
    [InlineData("em ở phường Bến Nghé", IdentifyingKind.Address, "phường Bến Nghé")]
    [InlineData("I live at 21 Baker Street in town", IdentifyingKind.Address, "21 Baker Street")]
    [InlineData("Tên em là Nguyễn Thị Mai, 45 tuổi", IdentifyingKind.Name, "Tên em là Nguyễn Thị Mai")]
    [InlineData("Tôi là Mai, đã căng chỉ", IdentifyingKind.Name, "Tôi là Mai")]
    [InlineData("My name is Mai Nguyen and", IdentifyingKind.Name, "My name is Mai Nguyen")]
    [InlineData("sinh 17/05/1974", IdentifyingKind.BirthDate, "17/05/1974")]
    [InlineData("see https://pictures.example/me", IdentifyingKind.Link, "https://pictures.example/me")]
    [InlineData("zalo: maixinh", IdentifyingKind.Link, "zalo: maixinh")]
    public void What_may_tell_who_somebody_is_is_found(string text, IdentifyingKind kind, string part)
    {
        IdentifyingPart found = IdentifyingText.Find(text)[0];
        Assert.Equal((kind, part), (found.Kind, found.Text));
        Assert.StartsWith(part, text[found.Start..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I am 52 and had 6 threads of 2-0 PDO, 90 mm long, 3 months ago; it cost 25 000 000.")]
    [InlineData("Em 45 tuổi, cấy 12 sợi chỉ cách đây 6 tháng, đường viền hàm vẫn chảy. Có nên làm lại không?")]
    [InlineData("Ăn đường có ảnh hưởng không? Kiêng 2 tuần đúng không?")]
    [InlineData("Is it 12-18 months or 24? I read both.")]
    public void A_usual_question_warns_of_nothing(string text) => Assert.Empty(IdentifyingText.Find(text));

    [Fact]
    public void Long_hostile_texts_are_read_in_time()
    {
        foreach (string piece in (string[])["1 ", "1.", "a@", "@a.", "số ", "My name is A ", "+1-(", "12/3 A", "0", " Aa"])
        {
            _ = IdentifyingText.Find(string.Concat(Enumerable.Repeat(piece, 4000 / piece.Length)));
        }
    }

    [Fact]
    public void A_proof_of_work_answers_its_challenge_alone()
    {
        string proof = ProofOfWork.Do("challenge");
        Assert.True(ProofOfWork.IsDone("challenge", proof));
        Assert.False(ProofOfWork.IsDone("another", proof));
        Assert.False(ProofOfWork.IsDone("challenge", proof + ".1"));
        Assert.False(ProofOfWork.IsDone("challenge", string.Join('.', proof.Split('.').Skip(1).Append(proof.Split('.')[0]))));
        Assert.False(ProofOfWork.IsDone("challenge", string.Join('.', Enumerable.Repeat("0", ProofOfWork.Puzzles))));
        Assert.False(ProofOfWork.IsDone("challenge", new string('1', 100_000)));
        Assert.False(ProofOfWork.IsDone("challenge", null));
    }

    [Theory]
    [InlineData("2026-11-25T10:00", "2026-11-30T10:00")]
    [InlineData("2026-11-27T20:00", "2026-12-02T17:00")]
    [InlineData("2026-11-28T09:00", "2026-12-02T09:00")]
    public void Without_opening_hours_three_working_days_are_weekdays(string arrived, string due) => Assert.Equal(At(due), AnswerDeadline.Of(At(arrived), Zone, calendar: null));

    [Fact]
    public void Closed_days_of_the_clinic_do_not_count()
    {
        var calendar = new ClinicCalendar(new HashSet<IsoDayOfWeek> { IsoDayOfWeek.Monday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Saturday }, new HashSet<LocalDate> { new(2026, 11, 30) }, new LocalTime(18, 0));
        Assert.Equal(At("2026-12-05T10:00"), AnswerDeadline.Of(At("2026-11-27T10:00"), Zone, calendar));
    }

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];

    private static Instant At(string local) => NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).GetValueOrThrow().InZoneStrictly(Zone).ToInstant();
}
