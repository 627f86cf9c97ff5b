"""`LocalChat`: a Hugging Face causal model as a langchain chat model that cannot leave the answer's schema."""

from typing import Any

import torch
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import ConfigDict

from planner.language.large.chat_text import chat_text
from planner.language.large.constrain import Grammar
from planner.language.large.errors import LanguageModelError


class LocalChat(BaseChatModel):
    """Greedy decoding under a schema; ``invoke(messages, schema=..., deadline_s=...)``."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    model: Any
    tokenizer: Any
    grammar: Grammar
    most_tokens: int = 1024

    @property
    def _llm_type(self) -> str:
        return "rehearse-local"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        text = chat_text(self.tokenizer, convert_to_openai_messages(messages))
        ids = torch.tensor([self.tokenizer.encode(text, add_special_tokens=False)], device=self.model.device)
        asked, room = ids.shape[1], getattr(self.model.config, "max_position_embeddings", None)
        if room is not None and asked + 16 > room:
            what = f"The request takes {asked} tokens; this model reads {room}."
            raise LanguageModelError.at("lm-context", "--lm", what, "Use a model with a longer context.")
        processor = self.grammar.processor(kwargs["schema"], asked)
        with torch.inference_mode():
            out = self.model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                logits_processor=[processor],
                do_sample=False,
                num_beams=1,
                max_new_tokens=min(self.most_tokens, (room or asked + self.most_tokens) - asked),
                max_time=kwargs["deadline_s"],
                pad_token_id=self.tokenizer.eos_token_id,
            )
        said = self.tokenizer.decode(out[0, asked:], skip_special_tokens=True)
        reason = "stop" if processor.matcher.is_stopped() or out[0, -1] == self.tokenizer.eos_token_id else "length"
        return ChatResult(
            generations=[ChatGeneration(message=AIMessage(said, response_metadata={"finish_reason": reason}))]
        )
