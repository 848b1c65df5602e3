using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Threadwell.Plans.Text;

namespace Threadwell.Reports.Tests;

/// <summary>Holds the engine's sentences and their translation together.</summary>
public sealed partial class EngineTextTests
{
    [Fact]
    public void Every_sentence_of_the_engine_has_a_translation()
    {
        string[] missing = [.. EngineSentences.All.Where(text => text.IsRead && EngineText.Say(Filled(text.Template, _ => "7"), "vi").Language != "vi").Select(text => $"{text.Place}: {text.Template}")];
        Assert.True(missing.Length == 0, string.Join('\n', missing));
    }

    [Fact]
    public void Every_translation_is_of_a_text_in_the_sources()
    {
        HashSet<string> known = [.. EngineSentences.All.Select(text => text.Template)];
        Assert.DoesNotContain(Read("EngineText.resx").Values, english => !known.Contains(english));
    }

    [Fact]
    public void Each_sentence_is_recognised_by_its_own_template()
    {
        Dictionary<string, string> vietnamese = Read("EngineText.vi.resx");
        Assert.Equal(Read("EngineText.resx").Keys.Order(StringComparer.Ordinal), vietnamese.Keys.Order(StringComparer.Ordinal));
        string[] wrong = [.. Read("EngineText.resx").Select(text => (English: Filled(text.Value, Number), Expected: Filled(vietnamese[text.Key], Number)))
            .Where(pair => EngineText.Say(pair.English, "vi") != new SaidSentence(pair.Expected, "vi")).Select(pair => $"{pair.English} -> {EngineText.Say(pair.English, "vi").Text}")];
        Assert.Equal("", string.Join('\n', wrong));

        static string Number(int place) => $"{place + 101}";
    }

    [Fact]
    public void A_translation_uses_the_values_of_its_sentence_and_composed_letters()
    {
        Dictionary<string, string> vietnamese = Read("EngineText.vi.resx");
        Assert.All(Read("EngineText.resx"), text =>
        {
            Assert.Subset(Values(text.Value), Values(vietnamese[text.Key]));
            Assert.Equal(LatinLetters.Compose(vietnamese[text.Key]), vietnamese[text.Key]);
        });
    }

    [Fact]
    public void A_page_can_tell_a_translated_sentence_by_its_letters()
    {
        // The scripts mark a sentence without any Vietnamese letter as English (Client/shared/engine.ts).
        Dictionary<string, string> vietnamese = Read("EngineText.vi.resx");
        Assert.All(Read("EngineText.resx").Where(text => text.Value.Count(char.IsLetter) > 12), text => Assert.Matches(@"[^\u0000-\u00BF\u00D7\u00F7\u2000-\u2FFF]", vietnamese[text.Key]));
    }

    [Theory]
    [InlineData("Thread L2 pulls through: 1.50 N asked for, its barbs hold 1.20 N together.", "Chỉ L2 bị tuột: cần 1,50 N, các gai chỉ giữ được tổng cộng 1,20 N.")]
    [InlineData("'jowl.left' lies 12.5 mm off the skin; place it on the skin.", "'điểm má xệ, trái' cách da 12,5 mm; hãy đặt nó lên da.")]
    [InlineData("'my left.txt' is no scan that can be read; choose a file that ends in .obj, .ply, .stl, .glb.", "'my left.txt' không phải bản quét đọc được; hãy chọn tệp có đuôi .obj, .ply, .stl, .glb.")]
    [InlineData("Facial artery: L1, R1: passes it; its depth is unknown: stay superficial to the SMAS (E-137, A-270).", "Động mạch mặt: L1, R1: đi ngang qua; chưa rõ độ sâu: hãy đi nông hơn SMAS (E-137, A-270).")]
    [InlineData("Superficial temporal artery, parietal branch, right: R1: passes it; its depth is unknown: stay superficial to the SMAS (E-136, A-273, A-274).", "Động mạch thái dương nông, nhánh đỉnh, phải: R1: đi ngang qua; chưa rõ độ sâu: hãy đi nông hơn SMAS (E-136, A-273, A-274).")]
    [InlineData("facial artery, left", "động mạch mặt, trái")]
    [InlineData("layer thickness on a head needs menton, pogonion and, on one side at least, tragus, lateral-canthus, jowl; place the missing ones", "độ dày các lớp trên đầu cần điểm dưới cằm, điểm nhô cằm và, ít nhất ở một bên, bình tai, khóe mắt ngoài, điểm má xệ; hãy đặt các điểm còn thiếu")]
    [InlineData("Stray parts dropped: 3 (1.2 % of the kept area), the largest at face 812 near (12.5, -40, 77.1) mm.", "Đã bỏ các phần rời: 3 (1,2 % diện tích giữ lại), phần lớn nhất ở mặt 812 gần (12,5; -40; 77,1) mm.")]
    [InlineData("No equilibrium was found with these threads (The iteration limit was reached. after 60 iterations, relative residual 1.2e-05); gather or pull less.", "Không tìm được trạng thái cân bằng với các sợi chỉ này (Đã hết số vòng lặp cho phép. sau 60 vòng lặp, sai số tương đối 1,2e-05); hãy gom hoặc kéo ít hơn.")]
    [InlineData("threads are not for the nose: augmentation needs a deep structural change, which threads cannot hold in a long-term shape, and misuse there risks complications (E-188); refer for surgical advice.", "không dùng chỉ cho mũi: nâng độn cần thay đổi cấu trúc sâu mà chỉ không giữ được hình lâu dài, và dùng sai ở đó dễ gây biến chứng (E-188); hãy chuyển tư vấn phẫu thuật.")]
    [InlineData("'7' is not an answer; a number from 10 to 25.5 or \"unknown\" is needed.", "'7' không phải câu trả lời; cần một số từ 10 đến 25,5 hoặc \"unknown\" (không rõ).")]
    [InlineData("landmark tragus.left: it cannot be made out on this scan (confidence 0.12, 0.50 is needed); mark it on the scan's page, or give it in a landmarks file (--landmarks).", "điểm mốc bình tai, trái: không xác định được trên bản quét này (độ tin cậy 0,12, cần 0,50); hãy tự đặt điểm này.")]
    [InlineData("line 12", "dòng 12")]
    [InlineData("mesh 0 primitive 1 vertex 5", "lưới 0 phần 1 đỉnh 5")]
    public void Values_and_the_words_in_a_sentence_are_said_in_the_same_language(string english, string vietnamese)
    {
        Assert.Equal(new SaidSentence(vietnamese, "vi"), EngineText.Say(english, "vi"));
        Assert.Equal(new SaidSentence(english, "en"), EngineText.Say(english, "en"));
    }

    [Theory]
    [InlineData("Disk quota exceeded.")]
    [InlineData("a sentence that nobody wrote is needed.")]
    [InlineData("threads[3].depthMm")]
    [InlineData("")]
    public void What_is_not_known_stays_English_and_is_said_to_be(string sentence) => Assert.Equal(new SaidSentence(sentence, "en"), EngineText.Say(sentence, "vi"));

    [Fact]
    public void A_text_made_to_be_ambiguous_is_given_up() => Assert.Equal("en", EngineText.Say(string.Concat(Enumerable.Repeat("a b: (c d). ", 150)), "vi").Language);

    private static string Filled(string template, Func<int, string> value) => ValuePlaces().Replace(template, place => value(place.ValueSpan[1] - '0'));

    private static SortedSet<string> Values(string template) => new(ValuePlaces().Matches(template).Select(match => match.Value), StringComparer.Ordinal);

    private static Dictionary<string, string> Read(string file) => XElement.Load(Path.Combine(Texts(), file)).Elements("data").ToDictionary(
        data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static string Texts([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "src", "Threadwell.Reports", "Text"));

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 1000)]
    private static partial Regex ValuePlaces();
}
