using System.CommandLine;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell assess ANSWERS.json</c>: suitability by the rules, with every reason and its source; no server, no database.</summary>
internal sealed class AssessCommand : Command
{
    public AssessCommand()
        : base("assess", "Judges from answers whether threads suit a patient, with every reason, its source and what would change it.")
    {
        var file = new Argument<string>("answers") { Description = "The answers, JSON (docs/formats/answers.md)." };
        Option<string> rules = TypedOptions.Path("--rulebook", "Rules to use, JSON (docs/formats/rules.md); the shipped ones when left out.", required: false);
        var date = new Option<LocalDate?>("--date")
        {
            Description = "Day of the assessment; that of the answers, or today, when left out.",
            HelpName = "yyyy-MM-dd",
            CustomParser = result =>
            {
                if (LocalDateJson.TryParse(result.Tokens[0].Value, out LocalDate day))
                {
                    return day;
                }

                result.AddError($"--date: '{result.Tokens[0].Value}' is not a day of the form yyyy-MM-dd.");
                return null;
            },
        };
        Option<Word<string>> language = TypedOptions.Word("--language", "Language of the reasons.", "en", ("en", "en"), ("vi", "vi"));
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        Add(file);
        Add(rules);
        Add(date);
        Add(language);
        Add(json);
        SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            Rulebook rulebook = parsed.GetValue(rules) is { } own ? RulebookFile.Read(own) : RulebookFile.Shipped;
            AnswerFile answers = AnswerFile.Parse(InputFile.Read(path), path, rulebook);
            LocalDate today = parsed.GetValue(date) ?? answers.AnsweredOn ?? LocalDate.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
            AnswerFile.CheckDay(answers.Answers, today, path);
            SuitabilityResult result = SuitabilityEngine.Assess(rulebook, answers.Answers, today);
            if (parsed.GetValue(json))
            {
                Console.Out.Write(Encoding.UTF8.GetString(result.ToJson()));
            }
            else
            {
                Print(result, rulebook, parsed.GetValue(language));
            }
        });
    }

    private static void Print(SuitabilityResult result, Rulebook rulebook, string language)
    {
        bool vi = language == "vi";
        string Area(string? id) => id is null ? "" : rulebook.Questionnaire.Questions.SelectMany(question => question.Choices).First(choice => choice.Id == id).Text.In(language) + ": ";
        Console.Out.WriteLine(OutcomeWords.Of(result.Outcome, result.Until).In(language));
        foreach (AreaOutcome area in result.Areas.Where(_ => result.Areas.Count > 1))
        {
            Console.Out.WriteLine($"  {Area(area.Area)}{OutcomeWords.Of(area.Outcome, null).In(language)}");
        }

        if (result.Reasons.Count > 0)
        {
            Console.Out.WriteLine();
            Table table = ConsoleTable.New(vi ? ["Kết luận", "Lý do", "Điều gì làm thay đổi", "Nguồn"] : ["Outcome", "Reason", "What would change it", "Source"]);
            foreach (SuitabilityReason reason in result.Reasons)
            {
                string sources = string.Join(", ", reason.Sources) is { Length: > 0 } rows ? rows : "";
                string mark = reason.Judgement ? vi ? "đánh giá lâm sàng" : "clinical judgement" : "";
                table.AddRow(
                    Markup.Escape(OutcomeWords.Of(reason.Outcome, reason.Until, reason.UntilIsReview).In(language)),
                    Markup.Escape(Area(reason.Area) + reason.Says.In(language)),
                    Markup.Escape(reason.Change.In(language)),
                    Markup.Escape(string.Join("; ", new[] { sources, mark }.Where(part => part.Length > 0))));
            }

            ConsoleTable.Write(table, 140);
        }

        if (result.Open.Count > 0)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine(vi ? "Chưa thể kết luận đến khi trả lời:" : "Cannot be settled until answered:");
            foreach (OpenQuestion open in result.Open)
            {
                Console.Out.WriteLine($"  {new AnswerKey(open.Question, open.Area)}: {open.Text.In(language)}");
            }
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine(vi
            ? $"Quy tắc phiên bản {result.RulebookVersion}, ngày {LocalDatePattern.Iso.Format(result.AssessedOn)}. Kết quả hỗ trợ bác sĩ, không thay thế bác sĩ."
            : $"Rules version {result.RulebookVersion}, {LocalDatePattern.Iso.Format(result.AssessedOn)}. This informs a doctor's decision and replaces none.");
    }
}
