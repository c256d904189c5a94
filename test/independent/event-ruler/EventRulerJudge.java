import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.Machine;

/**
 * Asks the matcher that EventBridge itself uses. Reads lines of {"pattern": "...", "event": "..."}, both JSON as text,
 * and answers each with a line: true, false, or invalid.
 */
public final class EventRulerJudge {
  public static void main(String[] arguments) throws Exception {
    ObjectMapper json = new ObjectMapper();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    StringBuilder answers = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode question = json.readTree(line);
      answers.append(answer(question.get("pattern").asText(), question.get("event").asText())).append('\n');
    }
    System.out.print(answers);
  }

  private static String answer(String pattern, String event) throws Exception {
    Machine machine = new Machine();
    try {
      machine.addRule("rule", pattern);
    } catch (Exception invalid) {
      return "invalid";
    }
    return String.valueOf(!machine.rulesForJSONEvent(event).isEmpty());
  }
}
