using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Questions;
using Threadwell.Web.Accounts;
using Threadwell.Web.Questions;

namespace Threadwell.Web.Demonstration;

/// <summary>
/// Answers that the demonstration's doctor has published, some in each language, so that reading and searching can be tried. Who asked is made up; what is answered is what the published sources say, with their names.
/// </summary>
internal static class DemonstrationQuestions
{
    private const int DaysToAnswer = 1;
    private const int DaysToPublish = 3;

    private static readonly Told[] All =
    [
        new(
            60, "vi", "results", "40-49", "Căng chỉ có thật sự giữ được ba đến năm năm không?",
            "Em đọc thấy có nơi nói hiệu quả kéo dài 3 đến 5 năm, có nơi nói chỉ 1 năm. Vậy con số nào đúng ạ?",
            """
            Cả hai đều có nguồn, và chúng nói về những điều khác nhau.

            Bác sĩ điều trị thường nói ba đến năm năm; chỉ tự tiêu sau khoảng 6 đến 8 tháng. Trong một loạt 160 người làm chỉ PDO, mức nâng không còn thấy sau một năm; các khảo sát khác ghi từ một tháng đến hai năm.

            Mức nâng do chỉ kéo và độ chắc của da do collagen mới là hai kết quả riêng. Mức nâng thường mất trước. Da có thể chắc hơn lâu hơn, nhưng lâu bao nhiêu thì chưa ai đo đủ kỹ. Khi tư vấn, bác sĩ cho chị xem cả hai đường cùng khoảng không chắc chắn.
            """),
        new(
            48, "en", "results", "50-59", "How long does a thread lift last?",
            "One page says three to five years, another says it is gone after a year. Which is right?",
            """
            Both have a source, and they speak of different things.

            Treating doctors often say three to five years; the threads themselves dissolve within about 6 to 8 months. In a series of 160 people with PDO threads the lift was no longer seen after a year, and other reports range from one month to two years.

            The lift by the threads' pull and the firmness of the skin by new collagen are two results. The lift usually goes first. The skin may stay firmer for longer, but nobody has measured well enough for how long. In a consultation you are shown both courses, with how uncertain they are.
            """),
        new(
            41, "vi", "healing", "30-39", "Sau căng chỉ bao lâu thì được xông hơi và mát-xa mặt?",
            "Tôi hay đi xông hơi và mát-xa mặt hằng tuần. Sau khi căng chỉ thì phải nghỉ bao lâu?",
            """
            Các tờ dặn dò của những nơi khác nhau không giống nhau; chúng tôi chưa thấy nghiên cứu nào so sánh. Vì vậy hãy theo con số dài hơn.

            Xông hơi: nghỉ 3 đến 4 tuần. Mát-xa mặt, kể cả gua sha và giác hơi: nghỉ 4 đến 8 tuần. Trong hai tuần đầu không xoa, không đè mạnh lên mặt, kể cả khi gội đầu ở tiệm.

            Nếu mặt sưng, đau tăng lên, đỏ nóng hoặc sốt, đừng chờ đến lịch hẹn: hãy gọi phòng khám ngay.
            """),
        new(
            33, "en", "suitability", "60-69", "Can threads lift a nose or replace a face lift?",
            "I would like a straighter nose and I have a lot of loose skin on my neck. Could threads do both?",
            """
            No. Changing the shape of the nose needs deep structural change, which threads do not give, and we do not use them for it.

            Threads suit mild to moderate sagging. With a lot of loose skin the tissue is too heavy for what a thread holds, and the result disappoints; a surgeon is then the better person to ask. Whether your neck is mild, moderate or severe can only be seen in an examination. It costs you a visit, and it may well end with our advice against threads.
            """),
        new(
            26, "vi", "complications", "40-49", "Lõm da sau căng chỉ có tự hết không?",
            "Mẹ tôi làm được 4 ngày, gần gò má có một chỗ lõm nhỏ khi cười. Có phải lo không?",
            """
            Lõm da là chuyện thường gặp: gộp nhiều nghiên cứu, khoảng 7 đến 10 trong 100 người có lõm hoặc không đều, và các nghiên cứu khác nhau rất nhiều. Vết lõm thường mất vài ngày đến bốn tuần để hết.

            Đừng tự xoa để làm phẳng. Hãy gửi ảnh cho bác sĩ đã làm, hoặc tới khám nếu chỗ lõm sâu, đau, đổi màu, hoặc không bớt sau hai tuần. Cần gọi ngay nếu da trắng bệch hoặc tím, đau tăng, sốt, hay khó cử động một bên mặt.
            """),
    ];

    /// <summary>Adds them.</summary>
    /// <param name="database">The record.</param>
    /// <param name="zone">The clinic's zone.</param>
    /// <param name="doctor">The doctor who answered.</param>
    /// <param name="licence">The doctor's licence.</param>
    /// <param name="now">Now.</param>
    public static void Add(ThreadwellContext database, DateTimeZone zone, UserAccount doctor, string licence, Instant now)
    {
        int number = 0;
        foreach (Told told in All)
        {
            Instant asked = now - Duration.FromDays(told.DaysAgo), answered = asked + Duration.FromDays(DaysToAnswer), published = asked + Duration.FromDays(DaysToPublish);
            string secret = LinkSecrets.Make();
            var question = new PublicQuestion
            {
                Id = Guid.CreateVersion7(),
                LinkSha256 = LinkSecrets.Hash(secret),
                Link = secret,
                Language = told.Language,
                Topic = told.Topic,
                AgeBand = told.AgeBand,
                Text = told.Question,
                MayPublish = true,
                State = QuestionState.Answered,
                CreatedAt = asked,
                OpenedAt = asked,
                OwnerId = doctor.Id,
                Answer = told.Answer,
                AnsweredBy = doctor.Id,
                AnsweredByName = doctor.FullName,
                AnsweredLicence = licence,
                AnsweredAt = answered,
            };
            database.Questions.Add(question);
            database.QuestionEvents.Add(new QuestionEvent { Id = Guid.CreateVersion7(), QuestionId = question.Id, At = asked, What = "Opened" });
            database.QuestionEvents.Add(new QuestionEvent { Id = Guid.CreateVersion7(), QuestionId = question.Id, At = answered, ByUserId = doctor.Id, ByName = doctor.FullName, What = "Answered" });
            database.QuestionEvents.Add(new QuestionEvent { Id = Guid.CreateVersion7(), QuestionId = question.Id, At = published, ByUserId = doctor.Id, ByName = doctor.FullName, What = "Published" });
            database.PublishedAnswers.Add(PublishingDesk.Of(question, ++number, (told.Title, told.Question, told.Answer), zone, published));
        }
    }

    private sealed record Told(int DaysAgo, string Language, string Topic, string AgeBand, string Title, string Question, string Answer);
}
